using System.Text.RegularExpressions;
using Modular.Host.Practices;
using Modular.Host.Start;
using Modular.Sdk;

namespace Modular.Host.Files;

/// <summary>Folders of a practice below the data directory, by its short name: never a path that somebody typed.</summary>
public sealed partial class Folders(StartOptions options, ScopeContext scope) : IFolders
{
    public string PathOf(string name) => PathOf(options, scope.Practice, name);

    public static string PathOf(StartOptions options, Practice practice, string name) => Word().IsMatch(name)
        ? Path.Combine(Path.GetFullPath(options.DataDirectory), "practices", practice.Row.Slug, name)
        : throw new ArgumentException("A folder is named with lower-case letters and hyphens.", nameof(name));

    [GeneratedRegex("^[a-z][a-z-]{0,39}$")]
    private static partial Regex Word();
}
