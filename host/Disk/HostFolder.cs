namespace Modular.Host.Disk;

/// <summary>
/// The folder of the host's assembly, where its migrations, themes and browser files are. Not always that of the process: a test of a
/// partner's module loads the host from a package.
/// </summary>
public static class HostFolder
{
    public static string Path { get; } = System.IO.Path.GetDirectoryName(typeof(HostFolder).Assembly.Location)!;
}
