namespace Modular.Sdk;

/// <summary>Labels as a PDF, for a printer of label rolls or for sheets of them.</summary>
/// <example><code>
/// var label = new Label().Text(item.Name, 2, 2, 56, 8, size: 11, bold: true).Code(CodeKind.DataMatrix, item.Number, 2, 12, 16, 16);
/// return File(labels.Pdf("Shelf label", LabelSheet.Roll60By30, [label]), "application/pdf");
/// </code></example>
public interface ILabels
{
    /// <summary>Every label on its place, one after the other, in rows from the left. What is too wide is set smaller, and nothing is cut off.</summary>
    /// <param name="title">What it is, never whose: browsers show it and keep it.</param>
    /// <param name="first">The place on the first sheet where the first label goes: 4 leaves out the three that are used up.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="first"/> is no place of the sheet.</exception>
    /// <exception cref="LabelRefusedException">A text or code does not fit, or holds letters that cannot be printed; the message is a sentence for the person.</exception>
    byte[] Pdf(string title, LabelSheet sheet, IReadOnlyList<Label> labels, int first = 1);
}

/// <summary>A label that cannot be printed as asked for.</summary>
/// <param name="message">A sentence for the person: what, why, and what to do.</param>
public sealed class LabelRefusedException(string message) : Exception(message);
