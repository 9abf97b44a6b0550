namespace Modular.Host.Installed;

/// <param name="Shared">Names out of the shared list that the module or one of its libraries refers to.</param>
/// <param name="Build">Tells two builds of the module apart, its libraries included.</param>
public sealed record ModuleAssembliesRead(IReadOnlyCollection<string> Shared, string Build);
