using Modular.Sdk;

namespace Modular.Host.Letters;

/// <summary>What stands above and below every letter of the practice, in its own words like the letters themselves.</summary>
public static class Letterhead
{
    private static readonly IReadOnlyList<LetterField> Fields =
    [
        LetterField.Text("practice", "Name of the practice", "Harbor Family Practice"),
        LetterField.Text("place.name", "Name of the location", "Main Street", mayBeEmpty: true),
        LetterField.Text("place.address", "Address of the location", "12 Main Street, Springfield, MA 01101", mayBeEmpty: true),
        LetterField.Text("place.phone", "Phone of the location", "5550104400", mayBeEmpty: true),
    ];

    public static readonly LetterKind Head = new("core.letterhead", "Letterhead", Fields);

    public static readonly LetterKind Foot = new("core.letter-foot", "Foot of letters", Fields);

    /// <summary>Whether a letter of this kind stands between the two: there is no room for them on a card.</summary>
    public static bool IsAround(LetterKind kind) => kind.Paper == "letter" && kind.Id != Head.Id && kind.Id != Foot.Id;

    public static LetterRecord Of(IPractice practice, Guid? location, string language)
    {
        var place = practice.Locations.FirstOrDefault(l => l.Id == location);
        return new(Guid.Empty, new()
        {
            ["practice"] = practice.Name,
            ["place.name"] = place?.Name,
            ["place.address"] = place?.Address,
            ["place.phone"] = place?.Phone,
        })
        {
            Language = language,
        };
    }
}
