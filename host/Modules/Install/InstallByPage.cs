using Modular.Host.Practices;

namespace Modular.Host.Modules.Install;

/// <summary>Whether the modules page may change what is installed here.</summary>
public sealed class InstallByPage(StartOptions options, PracticeRegistry practices)
{
    public bool Allowed => options.InstallByPage ?? practices.All.Count == 1;
}
