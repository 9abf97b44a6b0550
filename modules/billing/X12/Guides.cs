namespace Modular.Billing.X12;

/// <summary>
/// The guides that are known: 837P (005010X222A1), 835 (005010X221A1), 270 and 271 (005010X279A1), 276 and 277 (005010X212), 277CA
/// (005010X214), 999 (005010X231A1). Each is a table in Tables/; TA1 is a segment of the envelope (005010 appendix C.1.3).
/// </summary>
public static class Guides
{
    /// <summary>By key: "837p", "835", "270", "271", "276", "277", "277ca", "999".</summary>
    public static IReadOnlyDictionary<string, Guide> All { get; } =
        new[] { "837p", "835", "270", "271", "276", "277", "277ca", "999" }.ToDictionary(key => key, GuideText.Read);

    /// <summary>The guide of a set, null where it is not known here. One of version 4010 is read with its successor (<see cref="IsOld"/>).</summary>
    /// <param name="type">ST01.</param>
    /// <param name="version">GS08.</param>
    public static Guide? Of(string type, string version) => IsOld(version)
        ? All.Values.FirstOrDefault(guide => guide.Type == type && Predecessor(guide.Key) is { } old
            && version.StartsWith(old, StringComparison.Ordinal))
        : All.Values.FirstOrDefault(guide => guide.Type == type && version.StartsWith(guide.Version, StringComparison.Ordinal));

    /// <summary>Version 4010, which 5010 replaced on 2012-01-01 (45 CFR 162.1102).</summary>
    public static bool IsOld(string version) => version.StartsWith("004010", StringComparison.Ordinal);

    private static string? Predecessor(string key) => key switch
    {
        "837p" => "004010X098",
        "835" => "004010X091",
        "270" or "271" => "004010X092",
        "276" or "277" => "004010X093",
        _ => null,
    };
}
