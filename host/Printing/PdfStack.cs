using AngleSharp.Dom;

namespace Modular.Host.Printing;

/// <summary>Several prints of one paper in one file, each beginning a page.</summary>
public sealed class PdfStack
{
    private readonly PdfFile file;
    private readonly PdfPaper paper;

    public PdfStack(PdfFonts fonts, string? format)
    {
        file = new(fonts);
        paper = new(file, fonts, PdfFormat.Of(format));
    }

    public int Count { get; private set; }

    public void Add(IElement print)
    {
        paper.Next();
        new PdfPrint(paper).Inside(print);
        Count++;
    }

    public byte[] Save(string title, string? language) => file.Save(title, language == "es" ? "es" : "en");
}
