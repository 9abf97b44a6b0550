namespace Modular.Sdk;

/// <summary>Paper with labels on it: where each is. All measures are millimetres.</summary>
/// <param name="Id">For addresses and forms; never changes.</param>
/// <param name="Name">As a clerk finds it on the box.</param>
/// <param name="Width">Of the paper.</param>
/// <param name="Height">Of the paper.</param>
/// <param name="LabelWidth">Of one label.</param>
/// <param name="LabelHeight">Of one label.</param>
/// <param name="Columns">Labels side by side.</param>
/// <param name="Rows">Labels one below the other.</param>
/// <param name="Left">From the paper's edge to the first label.</param>
/// <param name="Top">From the paper's edge to the first label.</param>
/// <param name="Across">From the left edge of a label to that of the next.</param>
/// <param name="Down">From the upper edge of a label to that of the next.</param>
public sealed record LabelSheet(
    string Id, string Name, double Width, double Height, double LabelWidth, double LabelHeight, int Columns, int Rows, double Left, double Top, double Across, double Down)
{
    private const double Inch = 25.4;

    /// <summary>A roll, each label a page.</summary>
    public static LabelSheet Roll60By30 { get; } = Roll("roll-60x30", "Roll, 60 × 30 mm", 60, 30);

    /// <summary>A roll of address labels, each label a page.</summary>
    public static LabelSheet Roll89By28 { get; } = Roll("roll-89x28", "Roll, 3½ × 1⅛ in (89 × 28 mm)", 89, 28);

    /// <summary>An envelope; its one label is where the address goes.</summary>
    public static LabelSheet Envelope10 { get; } = new("envelope-10", "Envelope No. 10, 9½ × 4⅛ in", 9.5 * Inch, 4.125 * Inch, 4.5 * Inch, 1.25 * Inch, 1, 1, 4.25 * Inch, 2 * Inch, 0, 0);

    /// <summary>A whole page, for a form that is printed already: each part is put on its place.</summary>
    public static LabelSheet LetterPage { get; } = Roll("letter-page", "Letter page, 8½ × 11 in", 8.5 * Inch, 11 * Inch);

    /// <summary>Labels that are sold everywhere.</summary>
    public static IReadOnlyList<LabelSheet> Known { get; } =
    [
        Roll60By30, Roll89By28,
        Letter("letter-30", "Letter sheet, 30 labels of 2⅝ × 1 in (5160)", 2.625, 1, 3, 10, 0.1875, 0.5, 2.75),
        Letter("letter-20", "Letter sheet, 20 labels of 4 × 1 in (5161)", 4, 1, 2, 10, 0.15625, 0.5, 4.1875),
        Letter("letter-14", "Letter sheet, 14 labels of 4 × 1⅓ in (5162)", 4, 4 / 3.0, 2, 7, 0.15625, 5 / 6.0, 4.1875),
        Letter("letter-10", "Letter sheet, 10 labels of 4 × 2 in (5163)", 4, 2, 2, 5, 0.15625, 0.5, 4.1875),
        Letter("letter-80", "Letter sheet, 80 labels of 1¾ × ½ in (5167)", 1.75, 0.5, 4, 20, 0.28125, 0.5, 2.0625),
    ];

    /// <summary>Labels on one sheet.</summary>
    public int Places => Columns * Rows;

    /// <summary>One of <see cref="Known"/>; null when there is none of that id.</summary>
    public static LabelSheet? Find(string? id) => Known.FirstOrDefault(s => s.Id == id);

    private static LabelSheet Roll(string id, string name, double width, double height) => new(id, name, width, height, width, height, 1, 1, 0, 0, width, height);

    private static LabelSheet Letter(string id, string name, double width, double height, int columns, int rows, double left, double top, double across) =>
        new(id, name, 8.5 * Inch, 11 * Inch, width * Inch, height * Inch, columns, rows, left * Inch, top * Inch, across * Inch, height * Inch);
}
