namespace Modular.Testing;

/// <summary>What the test expected did not happen. The message says what was there instead.</summary>
/// <param name="message">For the person who reads the failed test.</param>
public sealed class TestFailedException(string message) : Exception(message);
