using Modular.Host.Practices;
using Modular.Sdk;
using SkiaSharp;

namespace Modular.Host.Files;

/// <summary>Draws people's pictures anew by SkiaSharp, which is loaded with the first of them. Everything is judged before it is drawn.</summary>
public sealed class Pictures(ISettings<PracticeSettings> settings) : IPictures
{
    /// <summary>The largest that phones take; what claims more is made to exhaust whoever unpacks it.</summary>
    private const long MostDots = 120_000_000;

    /// <summary>Of what lies in memory at once, four bytes each: some eighths of a JPEG in one pass, all of anything else.</summary>
    private const long MostDotsUnpacked = 50_000_000;

    /// <summary>A camera writes a JPEG in ten passes at most. Each costs a walk over all dots, so a small file could ask for hours.</summary>
    private const int MostPasses = 40;

    /// <summary>Two at a time, however many are sent.</summary>
    private static readonly SemaphoreSlim Turn = new(2);

    public Task<SmallPicture> ShrinkAsync(Stream content, string name, int longest, CancellationToken ct = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(longest, 16);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(longest, 4000);
        return DrawnAsync(content, name, longest, Pack, ct);
    }

    /// <summary>What can be taken from the picture, upright and no longer than this, without a copy of it being made.</summary>
    /// <param name="take">Gets the drawn picture and the name of the file, for its sentences; two pictures at a time, however long it takes.</param>
    public async Task<T> DrawnAsync<T>(Stream content, string name, int longest, Func<SKBitmap, string, T> take, CancellationToken ct)
    {
        name = Files.Clean(name);
        using var copy = await Files.BufferAsync(content, name, (await settings.GetAsync(ct: ct)).LargestFile, ct);
        var bytes = copy.ToArray();
        Judge(bytes, name);
        await Turn.WaitAsync(ct);
        try
        {
            using var drawn = Draw(bytes, name, longest);
            return take(drawn, name);
        }
        finally
        {
            Turn.Release();
        }
    }

    /// <summary>By the first bytes alone: the library reads more kinds, which nobody needs and an attacker may.</summary>
    private static void Judge(ReadOnlySpan<byte> bytes, string name)
    {
        var jpeg = bytes.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]);
        var known = jpeg || bytes.StartsWith((ReadOnlySpan<byte>)[0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A])
            || bytes.StartsWith("GIF87a"u8) || bytes.StartsWith("GIF89a"u8)
            || (bytes.Length > 12 && bytes.StartsWith("RIFF"u8) && bytes[8..12].SequenceEqual("WEBP"u8));
        if (jpeg && bytes.Count((ReadOnlySpan<byte>)[0xFF, 0xDA]) > MostPasses)
        {
            throw Damaged(name);
        }

        if (!known)
        {
            throw new FileRefusedException(FileType.IsHeic(bytes) ? FileType.HeicRefused(name) : $"{name} is no picture a browser can show. Take a JPEG or PNG.");
        }
    }

    private static SKBitmap Draw(byte[] bytes, string name, int longest)
    {
        using var data = SKData.CreateCopy(bytes);
        using var codec = SKCodec.Create(data) ?? throw Damaged(name);
        var (width, height) = (codec.Info.Width, codec.Info.Height);
        var scale = Math.Min(1f, (float)longest / Math.Max(width, height));
        // In eighths, as a JPEG is unpacked, and never below what is wanted.
        var size = codec.GetScaledDimensions(MathF.Ceiling(scale * 8) / 8);
        var inOnePass = codec.EncodedFormat == SKEncodedImageFormat.Jpeg && bytes.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xFF, 0xC2]) < 0;
        if ((long)width * height > MostDots || (inOnePass ? (long)size.Width * size.Height : (long)width * height) > MostDotsUnpacked)
        {
            throw new FileRefusedException($"{name} is too large a picture: {width} by {height} dots. Take a smaller one.");
        }

        using var colors = SKColorSpace.CreateSrgb();
        using var raw = new SKBitmap(new SKImageInfo(size.Width, size.Height, SKColorType.Rgba8888, SKAlphaType.Premul, colors));
        if (codec.GetPixels(raw.Info, raw.GetPixels()) != SKCodecResult.Success)
        {
            throw Damaged(name);
        }

        return Upright(raw, codec.EncodedOrigin, Math.Min(1f, (float)longest / Math.Max(raw.Width, raw.Height)));
    }

    private static SmallPicture Pack(SKBitmap small, string name)
    {
        using var pixels = small.PeekPixels();
        var seeThrough = !pixels.ComputeIsOpaque();
        using var packed = pixels.Encode(seeThrough ? SKEncodedImageFormat.Png : SKEncodedImageFormat.Jpeg, 85) ?? throw Damaged(name);
        var (ending, type) = seeThrough ? (".png", "image/png") : (".jpg", "image/jpeg");
        return new(packed.ToArray(), Path.ChangeExtension(name, ending), type, small.Width, small.Height);
    }

    private static SKBitmap Upright(SKBitmap raw, SKEncodedOrigin origin, float scale)
    {
        var lies = origin >= SKEncodedOrigin.LeftTop;
        var (width, height) = (Scaled(lies ? raw.Height : raw.Width, scale), Scaled(lies ? raw.Width : raw.Height, scale));
        var small = new SKBitmap(new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Premul, raw.ColorSpace));
        using var canvas = new SKCanvas(small);
        canvas.Clear(SKColors.Transparent);
        canvas.Scale(width / (float)(lies ? raw.Height : raw.Width), height / (float)(lies ? raw.Width : raw.Height));
        canvas.Concat(Turned(origin, raw.Width, raw.Height));
        using var image = SKImage.FromBitmap(raw);
        canvas.DrawImage(image, 0, 0, new SKSamplingOptions(SKFilterMode.Linear, SKMipmapMode.Linear));
        return small;
    }

    private static int Scaled(int side, float scale) => Math.Max(1, (int)MathF.Round(side * scale));

    /// <summary>How the eight orientations of EXIF are laid upright (tag 0x112).</summary>
    private static SKMatrix Turned(SKEncodedOrigin origin, float width, float height) => origin switch
    {
        SKEncodedOrigin.TopRight => new(-1, 0, width, 0, 1, 0, 0, 0, 1),
        SKEncodedOrigin.BottomRight => new(-1, 0, width, 0, -1, height, 0, 0, 1),
        SKEncodedOrigin.BottomLeft => new(1, 0, 0, 0, -1, height, 0, 0, 1),
        SKEncodedOrigin.LeftTop => new(0, 1, 0, 1, 0, 0, 0, 0, 1),
        SKEncodedOrigin.RightTop => new(0, -1, height, 1, 0, 0, 0, 0, 1),
        SKEncodedOrigin.RightBottom => new(0, -1, height, -1, 0, width, 0, 0, 1),
        SKEncodedOrigin.LeftBottom => new(0, 1, 0, -1, 0, width, 0, 0, 1),
        _ => SKMatrix.Identity,
    };

    private static FileRefusedException Damaged(string name) => new($"{name} is damaged or incomplete and cannot be shown. Take or send it again.");
}
