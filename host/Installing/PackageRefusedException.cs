namespace Modular.Host.Installing;

/// <summary>A package cannot be installed, or a module not removed; the message is the sentence for the administrator.</summary>
public sealed class PackageRefusedException(string sentence) : Exception(sentence);
