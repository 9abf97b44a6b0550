namespace Modular.Host.Installed;

/// <summary>
/// The closed list of assemblies that a module has from the host, so that a type of theirs is one type to everybody. A name on it is the
/// host's alone to bring, also where this host lacks it; every other name is a module's private library.
/// </summary>
public static class SharedNames
{
    public const string MessagesSuffix = ".Messages";

    private static readonly HashSet<string> Names =
        new(["Modular.Sdk", "Htmx", "Microsoft.Net.Http.Headers", "Npgsql", "Npgsql.EntityFrameworkCore.PostgreSQL"], StringComparer.OrdinalIgnoreCase);

    /// <summary>They stand on Polly, which is no name of the host's: a module that wants them brings its own.</summary>
    private static readonly HashSet<string> OnPolly = new(
        ["Microsoft.Extensions.Http.Polly", "Microsoft.Extensions.Http.Resilience", "Microsoft.Extensions.Resilience"], StringComparer.OrdinalIgnoreCase);

    private static readonly string[] Prefixes =
        ["Microsoft.AspNetCore.", "Microsoft.Extensions.", "Microsoft.EntityFrameworkCore"];

    /// <summary>Whether modules have it from the host, messages included.</summary>
    public static bool Has(string assembly) => IsMessages(assembly) || IsHosts(assembly);

    /// <summary>Messages are a module's own to bring, and loaded once for all.</summary>
    public static bool IsMessages(string assembly) => assembly.EndsWith(MessagesSuffix, StringComparison.Ordinal);

    /// <summary>Whether the host alone brings it. The runtime takes names apart without regard to case, and so do some file systems.</summary>
    public static bool IsHosts(string assembly) =>
        Names.Contains(assembly) || (Prefixes.Any(prefix => assembly.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)) && !OnPolly.Contains(assembly));
}
