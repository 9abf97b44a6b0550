using Modular.Sdk;

namespace Modular.Host.Frame;

/// <summary>What stands around every page.</summary>
public sealed record FrameModel(
    IReadOnlyList<RailEntry> Rail,
    FrameSettings Settings,
    ChosenLocation Place,
    FrameCounts Counts,
    DateOnly Today,
    string? RequestToken,
    string ScannerPrefix);

/// <param name="Logo">Id of the practice's logo; null when it has none.</param>
/// <param name="Entries">By navigation entry.</param>
public sealed record FrameCounts(Guid? Logo, int Tasks, int Overdue, IReadOnlyDictionary<NavigationEntry, long> Entries);

/// <param name="Key">Keys that go there, such as <c>g p</c>.</param>
/// <param name="Group">A line divides groups: daily work, back office, administration.</param>
public sealed record RailEntry(string Title, string Path, string Icon, int Group, bool Current, string Key, long Count);

/// <summary>How this browser likes the frame; the page's script keeps these cookies.</summary>
public sealed record FrameSettings(string Theme, string Rail, string Keys)
{
    public static FrameSettings Of(HttpRequest request) => new(
        OneOf(request, "theme", "system", "light", "dark", "contrast"), OneOf(request, "rail", "wide", "small"), OneOf(request, "keys", "on", "off"));

    /// <summary>What the cookie says if it is one of these, else the first.</summary>
    private static string OneOf(HttpRequest request, string cookie, params string[] known) =>
        known.FirstOrDefault(k => k == request.Cookies[cookie]) ?? known[0];
}
