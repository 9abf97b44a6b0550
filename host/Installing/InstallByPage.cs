using Modular.Host.Practices;
using Modular.Host.Start;

namespace Modular.Host.Installing;

/// <summary>Whether the modules page may change what is installed here.</summary>
public sealed class InstallByPage(StartOptions options, PracticeRegistry practices)
{
    public bool Allowed => options.InstallByPage ?? practices.All.Count == 1;
}
