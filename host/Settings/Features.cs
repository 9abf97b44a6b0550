using System.Reflection;
using System.Text.Json.Nodes;
using Modular.Host.Installed;
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
}
