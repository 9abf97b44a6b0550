using Modular.Tests.Harness;
using System.Diagnostics;
using Modular.Host.Files;
using Modular.Host.Practices;
using Modular.Sdk;
using SkiaSharp;

namespace Modular.Tests.Files;

/// <summary>Pictures that people send become small upright ones that tell nothing of where they were taken.</summary>
public sealed class PictureTests
{
    private static async Task<SmallPicture> ShrinkAsync(byte[] content, string name = "photo.jpg", int longest = 640) =>
        await new Pictures(new Usual()).ShrinkAsync(new MemoryStream(content), name, longest);

    [Theory]
    [InlineData(1, 640, 480, "left")]
    [InlineData(2, 640, 480, "right")] // mirrored
    [InlineData(3, 640, 480, "right")]
    [InlineData(4, 640, 480, "left")]
    [InlineData(5, 480, 640, "top")]
    [InlineData(6, 480, 640, "top")]
    [InlineData(7, 480, 640, "bottom")]
    [InlineData(8, 480, 640, "bottom")]
    public async Task However_the_phone_was_held_the_photo_is_upright(int orientation, int width, int height, string red)
    {
        var small = await ShrinkAsync(Snapshots.Jpeg(1600, 1200, orientation));

        using var shown = SKBitmap.Decode(small.Content);
        var at = red switch { "left" => (10, height / 2), "right" => (width - 10, height / 2), "top" => (width / 2, 10), _ => (width / 2, height - 10) };
        Assert.Equal(("image/jpeg", width, height), (small.Type, shown.Width, shown.Height));
        Assert.True(shown.GetPixel(at.Item1, at.Item2) is { Red: > 200, Blue: < 60 }, $"Orientation {orientation} is not {red}.");
    }

    [Fact]
    public async Task A_photo_of_twelve_million_dots_is_small_and_tells_nothing_of_the_place()
    {
        var small = await ShrinkAsync(Snapshots.Jpeg(4032, 3024, 6), "IMG 0412.JPEG");

        var text = System.Text.Encoding.Latin1.GetString(small.Content);
        Assert.Equal(("IMG 0412.jpg", 480, 640), (small.Name, small.Width, small.Height));
        Assert.InRange(small.Content.Length, 500, 60_000);
        Assert.DoesNotContain("Exif", text);
        Assert.DoesNotContain("42 21 N", text);
    }

    [Theory]
    [InlineData(SKEncodedImageFormat.Png, false, "image/jpeg")]
    [InlineData(SKEncodedImageFormat.Png, true, "image/png")] // a logo keeps what is behind it
    [InlineData(SKEncodedImageFormat.Webp, false, "image/jpeg")]
    [InlineData(SKEncodedImageFormat.Webp, true, "image/png")]
    public async Task Every_kind_that_browsers_show_is_taken(SKEncodedImageFormat format, bool seeThrough, string type)
    {
        var small = await ShrinkAsync(Snapshots.Picture(300, 100, format, seeThrough), "logo.webp", 200);

        Assert.Equal((type, 200, 67), (small.Type, small.Width, small.Height));
        using var shown = SKBitmap.Decode(small.Content);
        Assert.Equal(seeThrough ? 0 : 255, shown.GetPixel(150, 30).Alpha);
    }

    [Fact]
    public async Task Of_a_moving_picture_the_first_is_taken_and_a_small_one_keeps_its_size()
    {
        var small = await ShrinkAsync(Gif(1, 1), "wave.gif");

        using var shown = SKBitmap.Decode(small.Content);
        Assert.Equal(("image/jpeg", 1, 1, "wave.jpg"), (small.Type, small.Width, small.Height, small.Name));
        Assert.True(shown.GetPixel(0, 0) is { Red: > 200, Blue: < 60 });
    }

    public static TheoryData<string, byte[], string> Hostile { get; } = new()
    {
        { "nothing", [], "is empty" },
        { "a text", "no picture"u8.ToArray(), "no picture a browser can show" },
        { "a page", "<svg onload='alert(1)'/>"u8.ToArray(), "no picture a browser can show" },
        { "a PDF", Papers.Pdf("Ada"), "no picture a browser can show" },
        { "a TIFF", Faxes.Tiff(new Sheet()), "no picture a browser can show" },
        { "a bitmap", [.. "BM"u8, .. new byte[100]], "no picture a browser can show" },
        { "an iPhone's", [0, 0, 0, 24, .. "ftypheic"u8, 0, 0, 0, 0, .. "mif1heic"u8], "“Most compatible”" },
        { "half a JPEG", Snapshots.Jpeg(900, 700)[..4000], "damaged" },
        { "the start of a JPEG", [0xFF, 0xD8, 0xFF], "damaged" },
        { "half a PNG", Snapshots.Picture(90, 70, SKEncodedImageFormat.Png)[..90], "damaged" },
        { "a JPEG of 60,000 by 60,000", Sized(Snapshots.Picture(90, 70, SKEncodedImageFormat.Jpeg), 60_000, 60_000), "too large" },
        { "a GIF of 60,000 by 60,000", Gif(60_000, 60_000), "too large" },
        { "a GIF of 10,000 by 9,000", Gif(10_000, 9_000), "too large" },
        { "a JPEG in a thousand passes", [.. Snapshots.Jpeg(90, 70)[..^2], .. Enumerable.Repeat<byte[]>([0xFF, 0xDA, 0, 8, 1, 1, 0, 0, 63, 0], 1000).SelectMany(b => b), 0xFF, 0xD9], "damaged" },
    };

    [Theory]
    [MemberData(nameof(Hostile))]
    public async Task What_is_no_picture_or_made_to_harm_is_answered_by_a_sentence(string what, byte[] content, string why)
    {
        var took = Stopwatch.StartNew();

        var refused = await Assert.ThrowsAsync<FileRefusedException>(() => ShrinkAsync(content, what));

        Assert.Contains(why, refused.Message);
        Assert.Contains(what, refused.Message);
        Assert.InRange(took.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task A_picture_larger_than_the_practice_keeps_is_refused() =>
        Assert.Contains("larger than 20 MB", (await Assert.ThrowsAsync<FileRefusedException>(() => ShrinkAsync(new byte[21 * 1024 * 1024]))).Message);

    /// <summary>A canvas of that size with one dot of red on it.</summary>
    private static byte[] Gif(int width, int height) =>
    [
        .. "GIF89a"u8, (byte)width, (byte)(width >> 8), (byte)height, (byte)(height >> 8), 0x80, 0, 0, 0xFF, 0, 0, 0, 0, 0,
        0x2C, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x44, 1, 0, 0x3B,
    ];

    /// <summary>The same JPEG, claiming another size.</summary>
    private static byte[] Sized(byte[] jpeg, int width, int height)
    {
        var frame = jpeg.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xFF, 0xC0]);
        (jpeg[frame + 5], jpeg[frame + 6], jpeg[frame + 7], jpeg[frame + 8]) = ((byte)(height >> 8), (byte)height, (byte)(width >> 8), (byte)width);
        return jpeg;
    }

    private sealed class Usual : ISettings<PracticeSettings>
    {
        public ValueTask<PracticeSettings> GetAsync(Guid? locationId = null, CancellationToken ct = default) => new(new PracticeSettings());
    }
}
