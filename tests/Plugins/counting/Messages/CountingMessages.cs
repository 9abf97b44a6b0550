using Modular.Sdk;

namespace Modular.Counting.Messages;

[Message("counting.counted.v1")]
public sealed record Counted(int Number);

[Message("counting.tallied.v1")]
public sealed record Tallied(int Number);

/// <summary>Fails until the attempt after <paramref name="Failures"/>.</summary>
[Message("counting.attempted.v1")]
public sealed record Attempted(int Number, int Failures);

/// <summary>A step of an order; <paramref name="Failures"/> as above.</summary>
[Message("counting.step-taken.v1")]
public sealed record StepTaken(string Walk, int Step, int Failures = 0);

/// <summary>Waits for ever while somebody holds the lock of this number.</summary>
[Message("counting.lock-wanted.v1")]
public sealed record LockWanted(int Number);

/// <summary>Comes many at a time.</summary>
[Message("counting.line-read.v1")]
public sealed record LineRead(int Line);
