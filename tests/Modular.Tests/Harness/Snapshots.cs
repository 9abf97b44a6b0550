using SkiaSharp;

namespace Modular.Tests.Harness;

/// <summary>Photos as phones take them: the left half red, the right half blue, with what a phone notes in them.</summary>
internal static class Snapshots
{
    /// <param name="upright">Tag 0x112: which way the phone was held.</param>
    public static byte[] Jpeg(int width, int height, int upright = 1)
    {
        var plain = Picture(width, height, SKEncodedImageFormat.Jpeg);
        // The directory of EXIF with the orientation, and one of positions, which begins with its version.
        byte[] exif = [.. "Exif\0\0"u8, .. "MM\0*"u8, 0, 0, 0, 8, 0, 2, 1, 0x12, 0, 3, 0, 0, 0, 1, 0, (byte)upright, 0, 0, 0x88, 0x25, 0, 4, 0, 0, 0, 1, 0, 0, 0, 38,
            0, 0, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 4, 2, 3, 0, 0, 0, 0, 0, 0, .. "42 21 N 71 3 W"u8];
        return [.. plain[..2], 0xFF, 0xE1, (byte)((exif.Length + 2) >> 8), (byte)(exif.Length + 2), .. exif, .. plain[2..]];
    }

    public static byte[] Picture(int width, int height, SKEncodedImageFormat format, bool seeThrough = false)
    {
        using var drawn = new SKBitmap(new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Premul));
        using var canvas = new SKCanvas(drawn);
        canvas.Clear(seeThrough ? SKColors.Transparent : SKColors.Blue);
        using var red = new SKPaint { Color = SKColors.Red };
        canvas.DrawRect(0, 0, width / 2, height, red);
        canvas.Flush();
        using var pixels = drawn.PeekPixels();
        using var packed = pixels.Encode(format, 90);
        return packed!.ToArray();
    }
}
