namespace Modular.Sdk;

/// <summary>Marks an endpoint that may run while the module is off for the practice; only the host's own pages use it.</summary>
public interface IModuleMetadata
{
    string ModuleId { get; }
}
