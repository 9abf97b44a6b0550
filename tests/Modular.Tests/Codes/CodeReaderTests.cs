using System.Diagnostics;
using System.Net;
using Modular.Host.Codes;
using Modular.Sdk;
using Modular.Tests.Harness;
using SkiaSharp;
using ZXing;
using ZXing.Common;

namespace Modular.Tests.Codes;

/// <summary>Codes on photos, and photos that have none.</summary>
public sealed class CodeReaderTests(SharedHost shared)
{
    private static byte[] Label(string number) =>
        new Labels().Pdf("Label", LabelSheet.Roll60By30, [new Label().Text("Adler, Ruth", 2, 2, 56, 6).Code(CodeKind.Code128, number, 2, 10, 56, 16)]);

    [Theory]
    [InlineData(0)]
    [InlineData(4)]
    [InlineData(90)]
    [InlineData(180)]
    [InlineData(265)]
    public async Task A_label_is_read_however_the_phone_was_held(int turned) =>
        Assert.Equal("N-10023", await Photos.ReadAsync(Photos.Of(Label("N-10023"), turned: turned)));

    [Theory]
    [InlineData(BarcodeFormat.CODE_128)]
    [InlineData(BarcodeFormat.DATA_MATRIX)]
    public async Task A_package_is_read_with_the_separators_that_its_elements_need(BarcodeFormat format)
    {
        var text = await Photos.ReadAsync(Package(format));

        var code = Gs1.Parse(text, new(2026, 6, 12));
        Assert.Null(code.Error);
        Assert.Equal(("00312345678906", "A7", "S1"), (code.Gtin, code.Lot, code.Serial));
    }

    [Fact]
    public async Task A_photo_without_a_code_gets_a_sentence_soon()
    {
        await Assert.ThrowsAsync<FileRefusedException>(() => Photos.ReadAsync(Snapshots.Jpeg(64, 64)));
        var took = Stopwatch.StartNew();

        var refused = await Assert.ThrowsAsync<FileRefusedException>(() => Photos.ReadAsync(Snapshots.Jpeg(4032, 3024), "IMG 7.jpg"));

        Assert.Contains("No code was found on IMG 7.jpg", refused.Message, StringComparison.Ordinal);
        Assert.InRange(took.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task A_photo_of_noise_is_no_code_and_no_fault()
    {
        var noise = new Random(7);
        using var drawn = new SKBitmap(new SKImageInfo(600, 600, SKColorType.Gray8, SKAlphaType.Opaque));
        noise.NextBytes(drawn.GetPixelSpan());
        using var pixels = drawn.PeekPixels();
        using var packed = pixels.Encode(SKEncodedImageFormat.Png, 90);

        await Assert.ThrowsAsync<FileRefusedException>(() => Photos.ReadAsync(packed!.ToArray(), "noise.png"));
    }

    [Fact]
    public async Task A_photo_taken_on_the_page_leads_to_the_search_of_its_code_and_is_not_kept()
    {
        using var desk = await shared.Host.SignInAsync(shared.Host.North, Roles.FrontDesk);
        var before = await shared.Host.North.AskAsync<long>("select count(*) from core.files");

        var sent = await SendAsync(desk, Photos.Of(Label("ZQ-77120")), "label.jpg");

        Assert.Equal("/search?scanned=true&q=ZQ-77120", sent.Headers.Location!.OriginalString);
        Assert.Equal(before, await shared.Host.North.AskAsync<long>("select count(*) from core.files"));
    }

    [Fact]
    public async Task A_file_that_is_no_picture_or_has_no_code_comes_back_with_a_sentence_beside_the_field()
    {
        using var desk = await shared.Host.SignInAsync(shared.Host.North, Roles.FrontDesk);

        foreach (var (content, said) in new[] { ("%PDF-1.7"u8.ToArray(), "is no picture"), (Snapshots.Jpeg(640, 480), "No code was found on") })
        {
            var sent = await SendAsync(desk, content, "x.jpg");

            Assert.Equal(HttpStatusCode.UnprocessableEntity, sent.StatusCode);
            Assert.Contains(said, await sent.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }
    }

    private static async Task<HttpResponseMessage> SendAsync(TestClient desk, byte[] content, string name)
    {
        var token = (await desk.PageAsync("/codes/scan-photo")).QuerySelector("form[action='/codes/scan-photo'] input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        using var form = new MultipartFormDataContent
        {
            { new StringContent(token), "__RequestVerificationToken" },
            { new ByteArrayContent(content), "Photo", name },
        };
        return await desk.Http.PostAsync("/codes/scan-photo", form);
    }

    /// <summary>As it stands on a box of medicine.</summary>
    private static byte[] Package(BarcodeFormat format)
    {
        const char fnc1 = '\u00F1';
        var text = format == BarcodeFormat.CODE_128 ? $"{fnc1}010031234567890610A7{fnc1}21S1" : "010031234567890610A7\u001D21S1";
        var squares = new MultiFormatWriter().encode(text, format, 0, 0, new Dictionary<EncodeHintType, object> { [EncodeHintType.MARGIN] = 0, [EncodeHintType.GS1_FORMAT] = format != BarcodeFormat.CODE_128 });
        using var drawn = new SKBitmap(new SKImageInfo(1200, 800, SKColorType.Rgba8888, SKAlphaType.Premul));
        using var canvas = new SKCanvas(drawn);
        canvas.Clear(SKColors.White);
        using var ink = new SKPaint { Color = SKColors.Black };
        var (wide, high) = format == BarcodeFormat.CODE_128 ? (4, 200) : (12, 12);
        // In the middle, as the page asks for.
        canvas.Translate((1200 - (squares.Width * wide)) / 2, (800 - (squares.Height * high)) / 2);
        for (var y = 0; y < squares.Height; y++)
        {
            for (var x = 0; x < squares.Width; x++)
            {
                if (squares[x, y])
                {
                    canvas.DrawRect(x * wide, y * high, wide, high, ink);
                }
            }
        }

        canvas.Flush();
        using var pixels = drawn.PeekPixels();
        using var packed = pixels.Encode(SKEncodedImageFormat.Jpeg, 85);
        return packed!.ToArray();
    }
}
