namespace Modular.Sdk;

/// <summary>What stands on one label, each part on its place. All measures are millimetres from the label's upper left corner.</summary>
/// <example><inheritdoc cref="ILabels" path="/example/node()"/></example>
public sealed class Label
{
    private readonly List<LabelPart> parts = [];

    public IReadOnlyList<LabelPart> Parts => parts;

    /// <summary>Text within a box: over several lines where it is long, and smaller where it would not fit.</summary>
    /// <param name="size">Of the letters at most, in points.</param>
    public Label Text(string text, double left, double top, double width, double height, double size = 9, bool bold = false)
    {
        parts.Add(new LabelText(text, left, top, width, height, size, bold));
        return this;
    }

    /// <summary>A code within a box, a square one in its middle, with the white edge that a scanner needs. Text that says what it holds is another part.</summary>
    public Label Code(CodeKind kind, string text, double left, double top, double width, double height)
    {
        parts.Add(new LabelCode(kind, text, left, top, width, height));
        return this;
    }
}

/// <summary>A part of a label and its box, in millimetres.</summary>
public abstract record LabelPart(double Left, double Top, double Width, double Height);

/// <inheritdoc cref="Label.Text"/>
public sealed record LabelText(string Text, double Left, double Top, double Width, double Height, double Size, bool Bold) : LabelPart(Left, Top, Width, Height);

/// <inheritdoc cref="Label.Code"/>
public sealed record LabelCode(CodeKind Kind, string Text, double Left, double Top, double Width, double Height) : LabelPart(Left, Top, Width, Height);
