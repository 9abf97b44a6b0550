using Microsoft.AspNetCore.Http;
using Modular.Patients.Scans;
using Modular.Patients.Scans.Pdf;
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
    public static async Task<(Stream Content, string Name)> ReadAsync(IFormFile file, CancellationToken ct)
    {
        var content = new MemoryStream();
        await file.CopyToAsync(content, ct);
        content.Position = 0;
        var (bytes, name) = (content.ToArray(), Path.GetFileName(file.FileName));
        if (TiffDirectory.IsTiff(bytes))
        {
            return (new MemoryStream(new ScanContent(bytes, name).Make().Bytes), Path.ChangeExtension(name, ".pdf"));
        }

        return (bytes.AsSpan().StartsWith("%PDF-"u8) ? new MemoryStream(Quiet(bytes, name)) : content, name);
    }

    private static byte[] Quiet(byte[] pdf, string name)
    {
        try
        {
            return new ScanContent(pdf, name).Make().Bytes;
        }
        catch (FileRefusedException)
        {
            return pdf;
        }
    }
}
