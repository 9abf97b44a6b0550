namespace Modular.Tests.Harness;

/// <summary>Where the sources are, for tests that read them.</summary>
public static class Repository
{
    public static string Root { get; } = Find(AppContext.BaseDirectory);

    /// <summary>A file of the sample data by others, which is no part of the project; null where it is absent.</summary>
    public static string? Sample(string path)
    {
        var file = Path.Combine(Root, "..", "shared", "data", path);
        return File.Exists(file) ? file : null;
    }

    private static string Find(string folder) =>
        File.Exists(Path.Combine(folder, "Modular.slnx")) ? folder : Find(Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("The tests run outside the repository."));
}
