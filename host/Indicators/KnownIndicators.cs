using Modular.Host.Installed;
using Modular.Host.Practices;
using Modular.Sdk;

namespace Modular.Host.Indicators;

/// <param name="On">Its module is on in this practice.</param>
public sealed record KnownIndicator(Indicator Of, LoadedModule Module, bool On);

/// <param name="Name">Under which its days are due: <c>scheduling.visit-indicators</c>.</param>
public sealed record KnownSource(string Name, LoadedModule Module, IndicatorDeclaration Declared)
{
    public bool PracticeWide => Declared.Indicators[0].PracticeWide;

    /// <summary>Has anything that can be counted of days that are over.</summary>
    public bool CountsPast => Declared.Indicators.Any(i => i.CountsPast);

    public static string NameOf(string module, Type source) => $"{module}.{Names.Kebab(source.Name)}";
}

/// <summary>The indicators of the installed modules, as whoever asks may read them.</summary>
public sealed class KnownIndicators(InstalledModules modules, ScopeContext scope)
{
    /// <summary>All that are declared, also of modules that are off here, by title.</summary>
    public IReadOnlyDictionary<string, KnownIndicator> All => field ??= (
        from module in modules.Running
        from source in module.Declared.Indicators
        from indicator in source.Indicators
        orderby module.Manifest.Name, indicator.Title
        select new KnownIndicator(indicator, module, scope.Practice.IsOn(module.Id))).ToDictionary(i => i.Of.Key);

    /// <summary>Those that the person may read now.</summary>
    public IEnumerable<KnownIndicator> Mine => All.Values.Where(i => i.On && scope.Actor.Can(i.Of.Permission));

    public KnownIndicator? FindMine(string key) => Mine.FirstOrDefault(i => i.Of.Key == key);

    /// <summary>Of modules that are on.</summary>
    public IReadOnlyList<KnownSource> Sources =>
    [
        .. from module in modules.Running
            where scope.Practice.IsOn(module.Id)
            from source in module.Declared.Indicators
            select new KnownSource(KnownSource.NameOf(module.Id, source.Source), module, source),
    ];

    /// <summary>Where a source counts: each place, or the practice as a whole.</summary>
    public IReadOnlyList<Location?> PlacesOf(KnownSource source) => source.PracticeWide ? [null] : [.. scope.Practice.Locations];

    public string ZoneOf(Location? place) => place?.Zone ?? scope.Practice.Zone;
}
