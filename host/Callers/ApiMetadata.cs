namespace Modular.Host.Callers;

/// <summary>On every endpoint for programs: bearer tokens count here and nowhere else, sessions everywhere else and not here.</summary>
public sealed class ApiMetadata
{
    public static readonly ApiMetadata One = new();
}
