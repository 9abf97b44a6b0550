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

    public double Width(string text, double size, bool bold)
    {
        var font = bold ? Bold : Regular;
        return text.EnumerateRunes().Sum(letter => font.Width(font.Glyph(letter.Value))) * size / 1000;
    }
}
