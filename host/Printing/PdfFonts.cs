using System.Globalization;
using System.Text;

namespace Modular.Host.Printing;

/// <summary>The machine's own sans-serif, regular and bold: a PDF carries the letters it uses, and everybody's name has to print.</summary>
public sealed record PdfFonts(TrueType Regular, TrueType Bold)
{
    public const string Missing =
        "There is no font on the server to make a PDF with. Whoever runs it installs one (Debian: apt-get install fonts-dejavu-core); printing the page works all the same.";

    /// <summary>The first pair that is there is taken: those first that have the letters of most names (Liberation has no "ế").</summary>
    private static readonly (string Regular, string Bold)[] Pairs =
    [
        ("DejaVuSansCondensed.ttf", "DejaVuSansCondensed-Bold.ttf"), ("DejaVuSans.ttf", "DejaVuSans-Bold.ttf"), ("LiberationSans-Regular.ttf", "LiberationSans-Bold.ttf"), ("arial.ttf", "arialbd.ttf"), ("Arial.ttf", "Arial Bold.ttf"),
    ];

    private static readonly string[] Folders =
    [
        "/usr/share/fonts", "/usr/local/share/fonts", "/Library/Fonts", "/System/Library/Fonts/Supplemental", Environment.GetFolderPath(Environment.SpecialFolder.Fonts),
    ];

    private static readonly Lazy<PdfFonts?> Found = new(() => Find(Folders));

    /// <summary>Null when the machine has none.</summary>
    public static PdfFonts? Installed => Found.Value;

    public static PdfFonts? Find(IEnumerable<string> folders)
    {
        var look = new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = true, MatchCasing = MatchCasing.CaseInsensitive };
        var files = folders.Where(Directory.Exists).SelectMany(folder => Directory.EnumerateFiles(folder, "*.ttf", look)).ToLookup(Path.GetFileName);
        foreach (var (one, two) in Pairs)
        {
            if (files[one].FirstOrDefault() is { } regular && files[two].FirstOrDefault() is { } bold)
            {
                return new(new(File.ReadAllBytes(regular)), new(File.ReadAllBytes(bold)));
            }
        }

        return null;
    }

    /// <summary>
    /// The letters of these texts that a print cannot set, each once: those the font has not, and those that need more than one after the
    /// other from the left (Arabic and Hebrew run the other way, the scripts of India and South-East Asia join and reorder).
    /// </summary>
    public IReadOnlyList<string> Lacks(IEnumerable<string> texts) =>
        [.. texts.SelectMany(t => t.EnumerateRunes()).Where(r => !IsUnseen(r) && (Regular.Glyph(r.Value) == 0 || IsShaped(r.Value))).Select(r => r.ToString()).Distinct()];

    /// <summary>Says how letters beside it are set, and is none itself.</summary>
    public static bool IsUnseen(Rune letter) =>
        Rune.GetUnicodeCategory(letter) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
        || letter.Value is >= 0xFE00 and <= 0xFE0F;

    private static bool IsShaped(int letter) => letter is (>= 0x0590 and <= 0x08FF) or (>= 0x0900 and <= 0x109F) or (>= 0x1780 and <= 0x18AF)
        or (>= 0x1900 and <= 0x1AAF) or (>= 0x1B00 and <= 0x1C4F) or (>= 0xA800 and <= 0xAAFF) or (>= 0xFB1D and <= 0xFDFF) or (>= 0xFE70 and <= 0xFEFF);

    public double Width(string text, double size, bool bold)
    {
        var font = bold ? Bold : Regular;
        return text.EnumerateRunes().Where(letter => !IsUnseen(letter)).Sum(letter => font.Width(font.Glyph(letter.Value))) * size / 1000;
    }
}
