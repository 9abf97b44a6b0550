using Modular.Sdk;

namespace Modular.Host.Installed;

/// <summary>On every endpoint: the module that it belongs to.</summary>
public sealed record ModuleMetadata(string ModuleId) : IModuleMetadata;
