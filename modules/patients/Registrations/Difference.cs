using Modular.Sdk;

namespace Modular.Patients.Registrations;

/// <summary>One field that somebody else saved differently from what was typed.</summary>
public sealed record Difference(string Field, string Label, string? Saved, string? Typed)
{
    /// <param name="show">How a value is read by people, by field; as it stands when left out.</param>
    public static IReadOnlyList<Difference> Between<TForm>(TForm saved, TForm typed, Func<string, string?, string?>? show = null) =>
    [
        .. from field in typeof(TForm).GetProperties().Where(p => p.PropertyType == typeof(string))
            let theirs = (string?)field.GetValue(saved)
            let mine = (string?)field.GetValue(typed)
            where (Reading.Clean(theirs) ?? "") != (Reading.Clean(mine) ?? "")
            let shown = show ?? ((_, value) => value)
            select new Difference(field.Name, InWords(field.Name), shown(field.Name, theirs), shown(field.Name, mine)),
    ];

    private static string InWords(string field)
    {
        var words = Names.Kebab(field).Replace('-', ' ');
        return char.ToUpperInvariant(words[0]) + words[1..];
    }
}
