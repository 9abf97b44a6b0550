namespace Modular.Host.Programs;

/// <summary>What a program can keep, and so how it proves itself.</summary>
public static class ProgramKinds
{
    /// <summary>Runs on a server and keeps a secret: acts for itself, and for people too when it names where to send them back.</summary>
    public const string Server = "server";

    /// <summary>Runs in a browser: keeps nothing, acts for the person who uses it.</summary>
    public const string Browser = "browser";

    /// <summary>Is installed on a desk or telephone: keeps nothing, and listens on its own machine for the answer (RFC 8252).</summary>
    public const string Native = "native";

    public static IReadOnlyList<string> All { get; } = [Server, Browser, Native];

    /// <summary>As the office says it.</summary>
    public static string Title(string kind) => kind switch
    {
        Browser => "App in the browser",
        Native => "Installed app",
        _ => "Service on a server",
    };

    public static bool HasSecret(string kind) => kind == Server;
}
