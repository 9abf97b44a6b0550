using Modular.Host.Installed;
using Modular.Host.Practices;
using Modular.Host.Settings;
using Modular.Sdk;

namespace Modular.Host.Slots;

/// <summary>A widget that a module declared for the home page.</summary>
public sealed record PlacedWidget(LoadedModule Module, WidgetDeclaration Declared)
{
    public string Name { get; } = Names.Kebab(Declared.Widget.Name);

    public string Key => $"{Module.Id}.{Name}";

    public string Url => $"/home/widgets/{Module.Id}/{Name}";
}

/// <param name="End">How its query went.</param>
/// <param name="View">Null while late, after a failure, or when there is nothing to show.</param>
public sealed record HomeTile(PlacedWidget Widget, SlotEnd End, WidgetView? View);

/// <summary>The tiles of the home page by role, under the same limits as slots.</summary>
public sealed class HomeWidgets(ScopeContext scope, InstalledModules modules, SlotRunner runner)
{
    /// <summary>Those of the person's roles first, then those for everybody; the owner has all.</summary>
    public IReadOnlyList<PlacedWidget> Mine() =>
    [
        .. modules.WithCore.Where(m => scope.Practice.IsOn(m.Id)).SelectMany(m => m.Declared.Widgets.Select(w => new PlacedWidget(m, w)))
            .Where(w => scope.Actor.Can(w.Declared.Permission) && scope.Practice.Shows(w.Declared.Widget) && IsFor(w.Declared.Roles))
            .OrderBy(w => w.Declared.Roles.Length == 0).ThenBy(w => w.Declared.Order).ThenBy(w => w.Key, StringComparer.Ordinal),
    ];

    public async Task<IReadOnlyList<HomeTile>> LoadAsync(IReadOnlyList<PlacedWidget> widgets, TimeSpan budget, CancellationToken ct)
    {
        var outcomes = await runner.RunAsync([.. widgets.Select(Work)], budget, ct);
        return [.. widgets.Select((w, i) => new HomeTile(w, outcomes[i].End, outcomes[i].Value as WidgetView)).Where(t => t.End != SlotEnd.Loaded || t.View is not null)];
    }

    private bool IsFor(string[] roles) => roles.Length == 0 || scope.Actor.Roles.Contains(Roles.Owner) || roles.Any(scope.Actor.Roles.Contains);

    private static SlotWork Work(PlacedWidget widget) => new(widget.Key, async (services, ct) =>
        await ((IWidget)ActivatorUtilities.CreateInstance(services, widget.Declared.Widget)).LoadAsync(ct));
}
