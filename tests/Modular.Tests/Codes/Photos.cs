using Modular.Host.Codes;
using Modular.Host.Files;
using Modular.Host.Practices;
using Modular.Sdk;
using Modular.Tests.Harness;
using SkiaSharp;

namespace Modular.Tests.Codes;

/// <summary>Printed codes as a phone sees them.</summary>
internal static class Photos
{
    public static CodeReader Reader { get; } = new(new Pictures(new Usual()));

    public static Task<string> ReadAsync(byte[] photo, string name = "photo.jpg") => Reader.ReadAsync(new MemoryStream(photo), name, TestContext.Current.CancellationToken);

    /// <summary>The black bars of a page of a PDF on white paper, on a gray table.</summary>
    /// <param name="dots">To a point of the page.</param>
    /// <param name="turned">Degrees by which the paper lies askew.</param>
    public static byte[] Of(byte[] pdf, float dots = 6, float turned = 0, int page = 0)
    {
        var (_, width, height) = PdfText.Pages(pdf)[page];
        var side = (int)(Math.Max(width, height) * dots * 1.3);
        using var drawn = new SKBitmap(new SKImageInfo(side, side, SKColorType.Rgba8888, SKAlphaType.Premul));
        using var canvas = new SKCanvas(drawn);
        canvas.Clear(new(0x90, 0x88, 0x80));
        canvas.Translate(side / 2f, side / 2f);
        canvas.RotateDegrees(turned);
        canvas.Scale(dots);
        canvas.Translate(-(float)width / 2, -(float)height / 2);
        using var paper = new SKPaint { Color = SKColors.White };
        using var ink = new SKPaint { Color = new(0x20, 0x20, 0x28), IsAntialias = true };
        canvas.DrawRect(0, 0, (float)width, (float)height, paper);
        foreach (var (left, top, wide, high) in PdfText.Bars(pdf)[page])
        {
            canvas.DrawRect((float)left, (float)top, (float)wide, (float)high, ink);
        }

        canvas.Flush();
        using var pixels = drawn.PeekPixels();
        using var packed = pixels.Encode(SKEncodedImageFormat.Jpeg, 80);
        return packed!.ToArray();
    }

    private sealed class Usual : ISettings<PracticeSettings>
    {
        public ValueTask<PracticeSettings> GetAsync(Guid? locationId = null, CancellationToken ct = default) => new(new PracticeSettings());
    }
}
