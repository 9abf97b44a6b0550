using System.Reflection;
using Modular.Host.Installed;
using Modular.Sdk;

namespace Modular.Host.Judging;

/// <summary>Where a module names a permission: its pages and its declarations.</summary>
public static class PermissionUses
{
    public static IEnumerable<(string What, string Permission)> Of(LoadedModule module)
    {
        var declared = module.Declared;
        return
        [
            .. SliceCheck.Slices(module.Assembly!).SelectMany(OfSlice),
            .. declared.Navigation.Select(n => ($"Its navigation entry {n.Title}", n.Permission)),
            .. declared.Slots.Concat(declared.ListSlots).Select(s => ($"Its panel {s.Panel.Name} in {s.Slot}", s.Permission)),
            .. declared.Widgets.Select(w => ($"Its widget {w.Title}", w.Permission)),
            .. declared.Records.SelectMany(r => new[] { r.See, r.Change }.Select(permission => ($"Its kind of record {r.Id}", permission))),
            .. declared.Letters.Where(l => l.Permission is not null).Select(l => ($"Its letter {l.Kind.Id}", l.Permission!)),
            .. declared.Links.SelectMany(l => l.Allows.Prepend(l.Needs), (l, permission) => ($"Its link {l.Id}", permission)),
            .. declared.Indicators.SelectMany(i => i.Indicators, (_, indicator) => ($"Its indicator {indicator.Key}", indicator.Permission)),
            .. declared.Topics.Select(t => ($"Its live topic {t.Name}", t.Permission)),
        ];
    }

    private static IEnumerable<(string, string)> OfSlice(Type slice) =>
        from action in SliceCheck.Actions(slice)
        from permission in new[] { (action.GetCustomAttribute<NeedsAttribute>() ?? slice.GetCustomAttribute<NeedsAttribute>())?.Permission,
            action.GetCustomAttribute<ExportAttribute>()?.Permission }
        where permission is not null
        select ($"Its page {slice.Name} ({action.Name})", permission);
}
