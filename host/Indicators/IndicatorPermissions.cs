namespace Modular.Host.Indicators;

public static class IndicatorPermissions
{
    /// <summary>Opens the pages and the API; each indicator asks for its own besides.</summary>
    public const string Read = "core.indicator.read";

    public const string Export = "core.indicator.export";

    /// <summary>Targets, dashboards, and counting the past.</summary>
    public const string Manage = "core.indicator.manage";
}
