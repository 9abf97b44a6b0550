using AngleSharp.Dom;

namespace Modular.Host.Printing;

/// <summary>Several prints of one paper in one file, each beginning a page.</summary>
public sealed class PdfStack
{
    private readonly PdfFile file;
    private readonly PdfPaper paper;
    private readonly PdfPicture? logo;

    /// <param name="format">As the print layout's <c>Paper</c> says it.</param>
    /// <param name="logo">Stands where a print has the practice's logo.</param>
    public PdfStack(PdfFonts fonts, string? format, PdfPicture? logo)
    {
        file = new(fonts);
        paper = new(file, fonts, PdfFormat.Of(format));
        this.logo = logo;
    }

    public int Count { get; private set; }

    public void Add(IElement print)
    {
        paper.Next();
        new PdfPrint(paper, logo).Inside(print);
        paper.EndPrint();
        Count++;
    }

    public byte[] Save(string title, string? language) => file.Save(title, language == "es" ? "es" : "en");
}
