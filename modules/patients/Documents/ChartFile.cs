using Microsoft.AspNetCore.Http;
using Modular.Sdk;

namespace Modular.Patients.Documents;

/// <summary>
/// A file as somebody puts it into a chart. A TIFF becomes a PDF, which browsers show; of a PDF stays behind what it would do by
/// itself. Everything else, and a PDF that cannot be read here because it is locked, is kept as it came.
/// </summary>
public static class ChartFile
{
    /// <returns>What to store, and under which name.</returns>
    /// <exception cref="FileRefusedException">A TIFF that cannot be shown.</exception>
    public static async Task<(Stream Content, string Name)> ReadAsync(IFormFile file, IPdf pdf, CancellationToken ct)
    {
        var content = new MemoryStream();
        await file.CopyToAsync(content, ct);
        content.Position = 0;
        var (bytes, name) = (content.ToArray(), Path.GetFileName(file.FileName));
        var head = bytes.AsSpan();
        return head.StartsWith("II*\0"u8) || head.StartsWith("MM\0*"u8) ? (new MemoryStream(pdf.Read(bytes, name).Make().Bytes), Path.ChangeExtension(name, ".pdf"))
            : head.StartsWith("%PDF-"u8) ? (new MemoryStream(Quiet(bytes, name, pdf)), name)
            : (content, name);
    }

    private static byte[] Quiet(byte[] bytes, string name, IPdf pdf)
    {
        try
        {
            return pdf.Read(bytes, name).Make().Bytes;
        }
        catch (FileRefusedException)
        {
            return bytes;
        }
    }
}
