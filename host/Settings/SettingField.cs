using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using System.Text.Json.Nodes;
using Modular.Sdk;

namespace Modular.Host.Settings;

/// <summary>One value of a settings record as a form shows it.</summary>
public sealed record SettingField(PropertyInfo Property)
{
    public string Name => NameOf(Property);

    /// <summary>A feature is the practice's, not a location's.</summary>
    public bool IsFeature => Property.IsDefined(typeof(Sdk.FeatureAttribute), true);

    public static string NameOf(PropertyInfo property) => char.ToLowerInvariant(property.Name[0]) + property.Name[1..];

    public string Label => Property.GetCustomAttribute<DisplayAttribute>()?.GetName() ?? Words(Property.Name);

    public string? Hint => Property.GetCustomAttribute<DisplayAttribute>()?.GetDescription();

    public Type Type => Nullable.GetUnderlyingType(Property.PropertyType) ?? Property.PropertyType;

    /// <summary>What a list offers, as stored and in words.</summary>
    public IReadOnlyList<(string Value, string Words)> Choices =>
        [.. Type.GetFields(BindingFlags.Public | BindingFlags.Static)
            .Select(f => (f.Name, f.GetCustomAttribute<DisplayAttribute>()?.GetName() ?? Words(f.Name)))];

    public bool Optional => Nullable.GetUnderlyingType(Property.PropertyType) is not null;

    public static IReadOnlyList<SettingField> Of(Type record) =>
        [.. record.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.CanWrite && IsEditable(p.PropertyType)).Select(p => new SettingField(p))];

    /// <summary>As a person types it.</summary>
    public string Text(object record) => Property.GetValue(record) switch
    {
        null => "",
        bool on => on ? "true" : "false",
        TimeOnly time => Said.Time(time),
        var value => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    /// <summary>What was typed or is saved, as people read it; the same value typed another way reads the same.</summary>
    public string InWords(string typed) => Read(typed) is not { Fault: null, Value: { } value } ? typed.Trim()
        : Type == typeof(bool) ? (bool)value ? "Yes" : "No"
        : Type.IsEnum ? Choices.First(c => c.Value == (string)value!).Words
        : Type == typeof(TimeOnly) ? Said.Time(TimeOnly.Parse((string)value!, CultureInfo.InvariantCulture))
        : value.ToString();

    /// <returns>The value as stored, or a sentence.</returns>
    public (JsonNode? Value, string? Fault) Read(string typed)
    {
        typed = typed.Trim();
        if (typed.Length == 0 && Type != typeof(string))
        {
            return Optional ? (null, null) : (null, $"{Label}: give a value.");
        }

        if (Type == typeof(string))
        {
            return (typed, null);
        }

        if (Type == typeof(bool))
        {
            return (typed.StartsWith("true", StringComparison.OrdinalIgnoreCase), null);
        }

        if (Type.IsEnum)
        {
            return Enum.TryParse(Type, typed, out var value) && Enum.IsDefined(Type, value!) ? (value!.ToString(), null) : (null, $"{Label}: choose one of the list.");
        }

        if (Type == typeof(int))
        {
            return int.TryParse(typed, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? (number, null) : (null, $"{Label}: give a whole number.");
        }

        if (Type == typeof(decimal))
        {
            return decimal.TryParse(typed, NumberStyles.Number, CultureInfo.InvariantCulture, out var amount) ? (amount, null) : (null, $"{Label}: give a number.");
        }

        return TypedTime.Read(typed) is { } time
            ? (time.ToString("HH:mm:ss", CultureInfo.InvariantCulture), null)
            : (null, $"{Label}: give a time, such as 8:30 or 5 pm.");
    }

    private static bool IsEditable(Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        return type.IsEnum || type == typeof(bool) || type == typeof(int) || type == typeof(string) || type == typeof(decimal) || type == typeof(TimeOnly);
    }

    /// <summary>Nobody reads the names of properties: <c>KeepYears</c> is shown as "Keep years".</summary>
    private static string Words(string name) => name[0] + Names.Snake(name)[1..].Replace('_', ' ');
}
