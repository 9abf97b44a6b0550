using System.Reflection;
using System.Text.Json.Nodes;
using Modular.Host.Installed;
using Modular.Host.Judging;
using Modular.Sdk;

namespace Modular.Host.Settings;

/// <summary>Features: boolean settings that gate pages and panels. They are part of the practice's snapshot, so asking costs nothing.</summary>
public static class Features
{
    public static IReadOnlySet<string> On(InstalledModules modules, IReadOnlyDictionary<string, JsonObject> settings) =>
        (from module in modules.WithCore
         from record in module.Declared.Settings
         let stored = settings.GetValueOrDefault(module.Id)
         from feature in Of(record.Record)
         where (bool?)stored?[SettingField.NameOf(feature.Property)] ?? (bool)feature.Property.GetValue(Activator.CreateInstance(record.Record))!
         select feature.Id).ToHashSet();

    /// <summary>The booleans of a settings record that are features.</summary>
    public static IEnumerable<(string Id, PropertyInfo Property)> Of(Type record) =>
        from property in record.GetProperties()
        let feature = property.GetCustomAttribute<FeatureAttribute>()
        where feature is not null
        select (feature.Id, property);

    /// <summary>Whether this panel, these marks or this widget are shown here.</summary>
    public static bool Shows(this IPractice practice, Type part) =>
        part.GetCustomAttribute<FeatureAttribute>() is not { } feature || practice.HasFeature(feature.Id);

    /// <summary>A feature is declared by the module that uses it, as a boolean of its settings.</summary>
    public static string? Fault(string module, ModuleDeclarations declared, Assembly assembly)
    {
        var own = declared.Settings.SelectMany(s => Of(s.Record)).ToList();
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
