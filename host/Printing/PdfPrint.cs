using AngleSharp.Dom;
using Modular.Sdk;

namespace Modular.Host.Printing;

/// <summary>
/// Sets a print page as a PDF: headings, lines, definitions, lists, tables and labels, in the order of the page and with nothing
/// left out. It reads the page itself, so that a print has one layout, and a module's part on it is in the PDF too.
/// </summary>
public sealed class PdfPrint(PdfPaper paper, PdfPicture? logo)
{
    private static readonly HashSet<string> Blocks =
        ["address", "article", "div", "dl", "fieldset", "figure", "footer", "form", "h1", "h2", "h3", "header", "main", "ol", "p", "section", "table", "ul"];

    /// <summary>In points: what stands for the practice at the head of a letter, no more.</summary>
    private const double LogoHeight = 42, LogoWidth = 170;

    public static byte[] Of(IElement page, PdfFonts fonts, PdfPicture? logo, string title, string? language)
    {
        var stack = new PdfStack(fonts, page.GetAttribute("data-paper"), logo);
        stack.Add(page);
        return stack.Save(title, language);
    }

    public static bool IsLogo(IElement element) => element is { LocalName: "img" } && element.ClassList.Contains("logo");

    private double Size => paper.Format.Size;

    internal void Inside(IElement container)
    {
        List<INode> line = [];
        foreach (var node in container.ChildNodes)
        {
            if (node is not IElement block || !(Blocks.Contains(block.LocalName) || IsLogo(block) || IsSignature(block)))
            {
                line.Add(node);
                continue;
            }

            Flush(line);
            Block(block);
        }

        Flush(line);
    }

    private static bool IsSignature(IElement element) => element.LocalName == "svg" && element.ClassList.Contains("signature");

    private void Block(IElement block)
    {
        if (IsSignature(block))
        {
            // The one picture of a print that is no decoration.
            var strokes = block.QuerySelectorAll("polyline").Select(l => Points(l.GetAttribute("points") ?? "")).Where(p => p.Count > 0);
            paper.Drawing(strokes, SignaturePad.Width, SignaturePad.Height, 180);
            return;
        }

        if (PdfWords.Hidden(block))
        {
            return;
        }

        if (block.ClassList.Contains("sheet") || block.ClassList.Contains("label-60"))
        {
            paper.Next();
        }

        switch (block.LocalName)
        {
            case "img" when logo is not null:
                var scale = Math.Min(LogoHeight / logo.Height, LogoWidth / logo.Width);
                paper.Picture(logo, logo.Width * scale, logo.Height * scale);
                paper.Skip(Size * 0.6);
                break;
            case "h1" or "h2" or "h3":
                paper.Skip(Size * 0.6);
                // A heading does not stay behind at the foot of a page.
                paper.Room(Size * 5);
                Text(PdfWords.Of([block], Size * (block.LocalName switch { "h1" => 1.5, "h2" => 1.2, _ => 1.05 }), bold: true), Size * 0.3);
                break;
            case "p":
                Text(PdfWords.Of([block], Size), Size * 0.4);
                break;
            case "dl":
                new PdfTable(paper).Definitions(block);
                break;
            case "table":
                new PdfTable(paper).Rows(block);
                break;
            case "ul" or "ol":
                foreach (var item in block.Children)
                {
                    Text(PdfWords.Of([item], Size), Size * 0.2, indent: Size);
                }

                break;
            default:
                if (block.ClassList.Contains("label-60"))
                {
                    foreach (var line in block.Children)
                    {
                        Text(PdfWords.Of([line], line.LocalName == "b" ? Size + 2 : Size), 0);
                    }
                }
                else
                {
                    Inside(block);
                }

                break;
        }
    }

    private static List<(int X, int Y)> Points(string points) =>
        [.. points.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(p => p.Split(',')).Select(p => (Number(p[0]), Number(p[1])))];

    private static int Number(string text) => int.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    private void Flush(List<INode> line)
    {
        Text(PdfWords.Of(line, Size), Size * 0.4);
        line.Clear();
    }

    private void Text(IReadOnlyList<PdfWord> words, double after, double indent = 0)
    {
        if (words.Count > 0)
        {
            paper.Draw([(new PdfText(words, paper.Width - indent, paper.Fonts), indent)]);
            paper.Skip(after);
        }
    }
}
