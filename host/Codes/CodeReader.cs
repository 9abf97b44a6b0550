using Modular.Host.Files;
using Modular.Sdk;
using SkiaSharp;
using ZXing;
using ZXing.Common;

namespace Modular.Host.Codes;

/// <summary>Reads codes on photos by ZXing, from the drawn picture alone: the photo was judged before.</summary>
public sealed class CodeReader(Pictures pictures) : ICodes
{
    /// <summary>Dots of the longer side: the bars of a code that fills a third of a photo are three dots wide.</summary>
    private const int LongestSide = 1600;

    public Task<string> ReadAsync(Stream photo, string name, CancellationToken ct = default) => pictures.DrawnAsync(photo, name, LongestSide, Find, ct);

    private static string Find(SKBitmap picture, string name)
    {
        var reader = new BarcodeReaderGeneric
        {
            AutoRotate = true,
            Options = new DecodingOptions
            {
                TryHarder = true,
                AssumeGS1 = true,
                PossibleFormats =
                [
                    BarcodeFormat.DATA_MATRIX, BarcodeFormat.QR_CODE, BarcodeFormat.CODE_128,
                    BarcodeFormat.EAN_13, BarcodeFormat.EAN_8, BarcodeFormat.UPC_A, BarcodeFormat.UPC_E,
                ],
            },
        };
        return Decode(reader, new RGBLuminanceSource(Gray(picture), picture.Width, picture.Height, RGBLuminanceSource.BitmapFormat.Gray8))
            ?? throw new FileRefusedException($"No code was found on {name}. Hold the phone closer and still, with one code in the middle and no glare on it.");
    }

    private static string? Decode(BarcodeReaderGeneric reader, LuminanceSource picture)
    {
        try
        {
            return reader.Decode(picture)?.Text is { Length: > 0 } text ? text : null;
        }
        catch (Exception e) when (e is IndexOutOfRangeException or ArgumentException or InvalidOperationException or ReaderException)
        {
            // What looks like a code and is none runs the library off its ends.
            return null;
        }
    }

    /// <summary>On white, where the picture is see-through.</summary>
    private static byte[] Gray(SKBitmap picture)
    {
        using var gray = new SKBitmap(new SKImageInfo(picture.Width, picture.Height, SKColorType.Gray8, SKAlphaType.Opaque));
        using var canvas = new SKCanvas(gray);
        canvas.Clear(SKColors.White);
        using var image = SKImage.FromBitmap(picture);
        canvas.DrawImage(image, 0, 0, new SKSamplingOptions(SKFilterMode.Nearest));
        canvas.Flush();
        var dots = new byte[picture.Width * picture.Height];
        for (var row = 0; row < picture.Height; row++)
        {
            gray.GetPixelSpan().Slice(row * gray.RowBytes, picture.Width).CopyTo(dots.AsSpan(row * picture.Width));
        }

        return dots;
    }
}
