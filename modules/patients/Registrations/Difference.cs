using System.Reflection;

namespace Modular.Patients.Registrations;

/// <summary>One field that somebody else saved differently from what was typed.</summary>
public sealed record Difference(string Field, string Label, string? Saved, string? Typed)
{
    private static readonly (PropertyInfo Property, string Label)[] Fields =
        [.. typeof(PatientForm).GetProperties().Where(p => p.PropertyType == typeof(string)).Select(p => (p, FieldLabel(p.Name)))];

    public static IReadOnlyList<Difference> Between(PatientForm saved, PatientForm typed) =>
    [
        .. from field in Fields
            let theirs = (string?)field.Property.GetValue(saved)
            let mine = (string?)field.Property.GetValue(typed)
            where (Reading.Clean(theirs) ?? "") != (Reading.Clean(mine) ?? "")
            select new Difference(field.Property.Name, field.Label, theirs, mine),
    ];

    /// <summary>"MobilePhone" → "Mobile phone".</summary>
    private static string FieldLabel(string name)
    {
        var words = Sdk.Names.Kebab(name).Replace('-', ' ');
        return char.ToUpperInvariant(words[0]) + words[1..];
    }
}
