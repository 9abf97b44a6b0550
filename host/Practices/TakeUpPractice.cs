namespace Modular.Host.Practices;

/// <summary>Brings a practice's database to what this process works by, and sets the practice's snapshot.</summary>
/// <exception cref="PracticeFaultException">It cannot be worked by.</exception>
public delegate Task TakeUpPractice(Practice practice, CancellationToken ct);
