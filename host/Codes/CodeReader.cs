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

    /// <summary>A code that is found at one size is lost at another: seams between dots at the full one, thin bars at a quarter of it.</summary>
    private static readonly int[] Shrinks = [1, 2, 4];

    private static string Find(SKBitmap picture, string name)
    {
        foreach (var shrink in Shrinks)
        {
            var (width, height) = (picture.Width / shrink, picture.Height / shrink);
            if (Math.Min(width, height) < 20)
            {
                break;
            }

            var light = new RGBLuminanceSource(Gray(picture, width, height), width, height, RGBLuminanceSource.BitmapFormat.Gray8);
            // The first copes with shadows, the second with large even areas.
            if ((Decode(light, source => new HybridBinarizer(source)) ?? Decode(light, source => new GlobalHistogramBinarizer(source))) is { } text)
            {
                return text;
            }
        }

        throw new FileRefusedException($"No code was found on {name}. Hold the phone closer and still, with one code in the middle and no glare on it.");
    }

    private static string? Decode(LuminanceSource picture, Func<LuminanceSource, Binarizer> binarizer)
    {
        var reader = new BarcodeReaderGeneric(new MultiFormatReader(), binarizer, null)
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
    private static byte[] Gray(SKBitmap picture, int width, int height)
    {
        using var gray = new SKBitmap(new SKImageInfo(width, height, SKColorType.Gray8, SKAlphaType.Opaque));
        using var canvas = new SKCanvas(gray);
        canvas.Clear(SKColors.White);
        using var image = SKImage.FromBitmap(picture);
        canvas.DrawImage(image, new SKRect(0, 0, width, height), new SKSamplingOptions(SKFilterMode.Linear, SKMipmapMode.Linear));
        canvas.Flush();
        var dots = new byte[width * height];
        for (var row = 0; row < height; row++)
        {
            gray.GetPixelSpan().Slice(row * gray.RowBytes, width).CopyTo(dots.AsSpan(row * width));
        }

        return dots;
    }
}
