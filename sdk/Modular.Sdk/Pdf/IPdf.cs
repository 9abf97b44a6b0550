namespace Modular.Sdk;

/// <summary>Files of pages: judged, turned, chosen, joined into one PDF, and written upon. Pages that the product sets itself are print pages.</summary>
/// <example><code>
/// var report = pdf.Read(bytes, "report.tif");
/// var upright = report.Make([new(1, 180)]);
/// var packet = pdf.Join("Records", [letter, report], page =&gt;
///     new Label().Text($"{page.Number} / {page.Of}", page.Width - 30, page.Height - 10, 25, 5, size: 8));
/// </code></example>
public interface IPdf
{
    /// <summary>Reads a PDF, TIFF, JPEG or PNG from anybody, by its content and not by its name.</summary>
    /// <param name="name">As the person knows it: it stands in the sentence when the file is refused.</param>
    /// <exception cref="FileRefusedException">
    /// It is none of these, damaged, locked with a password, has no page or more than <see cref="PageFile.MostPages"/>, or is larger than can be
    /// shown. The message is a sentence for the person.
    /// </exception>
    PageFile Read(byte[] content, string name);

    /// <summary>One PDF of all pages of these files in their order, each as upright as its file says. Nothing in it runs by itself.</summary>
    /// <param name="title">What it is, never whose: browsers show it and keep it.</param>
    /// <param name="stamp">What is written upon a page, on places from its upper left corner as it is shown; null for nothing.</param>
    /// <exception cref="ArgumentException">There is no file.</exception>
    /// <exception cref="FileRefusedException">A page cannot be unpacked after all.</exception>
    /// <exception cref="LabelRefusedException">A stamp does not fit its box, or holds letters that cannot be printed.</exception>
    byte[] Join(string title, IReadOnlyList<PageFile> files, Func<JoinedPage, Label?>? stamp = null);
}

/// <summary>A page of what is joined.</summary>
/// <param name="Number">From 1.</param>
/// <param name="Of">How many there are.</param>
/// <param name="Width">As it is shown, in millimetres.</param>
/// <param name="Height">As it is shown, in millimetres.</param>
public sealed record JoinedPage(int Number, int Of, double Width, double Height);
