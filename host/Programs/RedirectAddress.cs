namespace Modular.Host.Programs;

/// <summary>
/// Where a person is sent back to with a code. It is compared letter by letter, so that nobody bends it; an installed app alone may
/// choose its port, because it cannot know which is free.
/// </summary>
public static class RedirectAddress
{
    private const int Most = 10;
    private const int Longest = 500;

    /// <summary>What is wrong with the addresses of this kind of program, as a sentence; null when nothing is.</summary>
    public static string? Fault(string kind, IReadOnlyCollection<string> addresses) =>
        addresses.Count > Most ? $"A program has {Most} addresses at most."
        : addresses.Count == 0 && !ProgramKinds.HasSecret(kind) ? "Say where people are sent back to. Without that, this kind of program cannot be used."
        : addresses.Select(a => Fault(kind, a)).FirstOrDefault(f => f is not null);

    private static string? Fault(string kind, string address)
    {
        if (address.Length > Longest || !Uri.TryCreate(address, UriKind.Absolute, out var uri) || !uri.IsWellFormedOriginalString())
        {
            return $"{Short(address)} is no whole address, such as https://app.example/signed-in.";
        }

        return address.Contains('*', StringComparison.Ordinal) ? $"{Short(address)} holds an asterisk. Name each address whole."
            : address.Contains('#', StringComparison.Ordinal) ? $"{Short(address)} holds a #. What follows it never reaches the program."
            : uri.UserInfo.Length > 0 ? $"{Short(address)} holds a name or password."
            : kind == ProgramKinds.Native ? NativeFault(address, uri)
            : uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback) ? null
            : $"{Short(address)} must begin with https://. Only a program on your own machine, such as http://localhost:3000, may do without.";
    }

    private static string? NativeFault(string address, Uri uri) =>
        uri.Scheme != Uri.UriSchemeHttp || uri.Host != "127.0.0.1" ? $"{Short(address)}: an installed app is answered on its own machine. Begin with http://127.0.0.1/, whatever port it uses."
        : uri.IsDefaultPort ? null : $"{Short(address)}: leave the port out. An installed app takes the one that is free.";

    /// <summary>One a line.</summary>
    public static string[] Lines(string? text) => [.. (text ?? "").Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Distinct()];

    private static string Short(string address) => address.Length > 80 ? address[..80] + "…" : address;
}
