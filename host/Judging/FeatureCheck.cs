using System.Reflection;
using Modular.Host.Settings;
using Modular.Sdk;

namespace Modular.Host.Judging;

/// <summary>A module's features, judged before it runs.</summary>
public static class FeatureCheck
{
    /// <summary>A feature is declared by the module that uses it, as a boolean of its settings.</summary>
    public static string? Fault(string module, ModuleDeclarations declared, Assembly assembly)
    {
        var own = declared.Settings.SelectMany(s => Features.Of(s.Record)).ToList();
        if (own.FirstOrDefault(f => f.Property.PropertyType != typeof(bool) || !f.Id.StartsWith(module + ".", StringComparison.Ordinal)) is { Id: { } strange })
        {
            return $"Its feature {strange} must be a bool of its settings, named {module}.something.";
        }

        var used = declared.Navigation.Select(n => n.Feature)
            .Concat(SliceCheck.Slices(assembly).SelectMany(SliceCheck.Actions).Concat<MemberInfo>(assembly.GetTypes())
                .Where(m => m.IsDefined(typeof(FeatureAttribute))).Select(m => m.GetCustomAttribute<FeatureAttribute>()!.Id));
        return used.FirstOrDefault(u => u is not null && own.All(f => f.Id != u)) is { } unknown
            ? $"Something of it is shown with the feature {unknown}, which its settings do not have."
            : null;
    }
}
