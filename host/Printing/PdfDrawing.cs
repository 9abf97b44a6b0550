using System.Globalization;
using System.Text;

namespace Modular.Host.Printing;

/// <summary>What is drawn on one page. All measures are points from its upper left corner.</summary>
public sealed class PdfDrawing(PdfResources with, double width, double height)
{
    private readonly StringBuilder content = new();

    public double Width => width;

    public double Height => height;

    /// <param name="y">The line the letters stand on.</param>
    public void Text(string text, double x, double y, double size, bool bold, bool muted) => content.Append(CultureInfo.InvariantCulture,
        $"BT {(muted ? "0.35" : "0")} g /{with.FontName(bold)} {size:0.##} Tf {x:0.##} {height - y:0.##} Td <{with.Glyphs(text, bold)}> Tj ET\n");

    public void Line(double from, double to, double y, double weight) => content.Append(CultureInfo.InvariantCulture,
        $"0.5 G {weight:0.##} w {from:0.##} {height - y:0.##} m {to:0.##} {height - y:0.##} l S\n");

    /// <summary>Drawn as often as wanted, it is in the file once.</summary>
    public void Picture(PdfPicture picture, double left, double top, double wide, double high) => content.Append(CultureInfo.InvariantCulture,
        $"q {wide:0.##} 0 0 {high:0.##} {left:0.##} {height - top - high:0.##} cm /{with.Name(picture)} Do Q\n");

    /// <summary>A black bar, fine enough for the bars of a code.</summary>
    public void Bar(double left, double top, double wide, double high) => content.Append(CultureInfo.InvariantCulture,
        $"0 g {left:0.####} {height - top - high:0.####} {wide:0.####} {high:0.####} re f\n");

    /// <summary>A drawn line through points.</summary>
    public void Stroke(IReadOnlyList<(double X, double Y)> points, double weight)
    {
        content.Append(CultureInfo.InvariantCulture, $"0 G 1 J 1 j {weight:0.##} w {points[0].X:0.##} {height - points[0].Y:0.##} m");
        foreach (var (x, y) in points.Count > 1 ? points.Skip(1) : points)
        {
            content.Append(CultureInfo.InvariantCulture, $" {x:0.##} {height - y:0.##} l");
        }

        content.Append(" S\n");
    }

    public byte[] ToArray() => Encoding.ASCII.GetBytes(content.ToString());
}
