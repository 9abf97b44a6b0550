using Modular.Host.Files;
using SkiaSharp;

namespace Modular.Host.Printing;

/// <summary>A picture as a PDF takes it: red, green and blue of each dot, row by row from above. What can be seen through is white.</summary>
public sealed record PdfPicture(int Width, int Height, byte[] Dots)
{
    /// <summary>At 15 mm on paper more than a printer shows.</summary>
    private const int LongestSide = 900;

    /// <exception cref="Modular.Sdk.FileRefusedException">It is no picture, or a damaged one.</exception>
    public static Task<PdfPicture> ReadAsync(Pictures pictures, Stream content, string name, CancellationToken ct) =>
        pictures.DrawnAsync(content, name, LongestSide, (drawn, _) => Of(drawn), ct);

    private static PdfPicture Of(SKBitmap drawn)
    {
        using var flat = new SKBitmap(new SKImageInfo(drawn.Width, drawn.Height, SKColorType.Rgba8888, SKAlphaType.Opaque));
        using (var canvas = new SKCanvas(flat))
        {
            canvas.Clear(SKColors.White);
            using var image = SKImage.FromBitmap(drawn);
            canvas.DrawImage(image, 0, 0, SKSamplingOptions.Default);
        }

        var from = flat.GetPixelSpan();
        var dots = new byte[drawn.Width * drawn.Height * 3];
        for (int dot = 0, at = 0; at < dots.Length; dot += 4, at += 3)
        {
            from.Slice(dot, 3).CopyTo(dots.AsSpan(at));
        }

        return new(drawn.Width, drawn.Height, dots);
    }
}
