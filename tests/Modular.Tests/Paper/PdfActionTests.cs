using System.Text.RegularExpressions;
using FsCheck;
using FsCheck.Fluent;
using Modular.Host.Pdf;
using Modular.Sdk;
using Modular.Tests.Harness;

namespace Modular.Tests.Paper;

/// <summary>A file from outside shows its pages and does nothing, however it asks to.</summary>
public sealed partial class PdfActionTests
{
    private const string Script = "<</S/JavaScript/JS(evil)>>";

    /// <summary>Where in the file, and what stands there. 50 is a script, 51 a program in a file, 52 a way to it.</summary>
    public static TheoryData<string, string> Hostile { get; } = new()
    {
        { "catalog", $"/OpenAction {Script}" },
        { "catalog", "/OpenAction 50 0 R" },
        { "catalog", "/OpenAction<</S/URI/URI(https://evil.example)>>" },
        { "catalog", $"/AA<</WC {Script}/DP 50 0 R>>" },
        { "catalog", "/Names<</JavaScript<</Names[(evil)50 0 R]>>>>" },
        { "catalog", "/Names<</EmbeddedFiles<</Names[(evil)52 0 R]>>>>/PageMode/UseAttachments" },
        { "catalog", $"/AcroForm<</Fields[53 0 R]/XFA[(evil)51 0 R]/CO[53 0 R]>>" },
        { "catalog", "/AF[52 0 R]" },
        { "page", $"/AA<</O {Script}/C 50 0 R>>" },
        { "page", "/AA<</O<</S/URI/URI(https://evil.example)>>>>" },
        { "page", "/AF[52 0 R]/PieceInfo<</Evil<</Private 50 0 R>>>>/Thumb 51 0 R" },
        { "page", "/PresSteps<</NA 50 0 R>>/Trans<</S/Dissolve/evil 50 0 R>>" },
        { "annotation", $"/Subtype/Link/A {Script}" },
        { "annotation", "/Subtype/Link/A 50 0 R" },
        { "annotation", $"/Subtype/Link/AA<</E {Script}/X 50 0 R/PO 50 0 R>>" },
        { "annotation", $"/Subtype/Link/PA {Script}" },
        { "annotation", $"/Subtype/Link/A<</S/URI/URI(https://example.org)/Next {Script}>>" },
        { "annotation", "/Subtype/Link/A<</S/GoTo/D[10 0 R/Fit]/Next[50 0 R]>>" },
        { "annotation", "/Subtype/Link/A<</S/URI/URI(javascript:evil)>>" },
        { "annotation", "/Subtype/Link/A<</S/URI/URI(file:///evil)>>" },
        { "annotation", "/Subtype/Link/A<</S/URI/URI(\\152avascript:evil)>>" },
        { "annotation", "/Subtype/Link/A<</S/URI/URI<6A6176617363726970743A>/evil true>>" },
        { "annotation", "/Subtype/Link/A<</S/Launch/F(evil.exe)/Win<</F(evil.exe)/P(evil)>>>>" },
        { "annotation", "/Subtype/Link/A<</S/SubmitForm/F(https://evil.example)/Flags 4>>" },
        { "annotation", "/Subtype/Link/A<</S/ImportData/F(evil.fdf)>>" },
        { "annotation", "/Subtype/Link/A<</S/GoToR/F(\\\\\\\\evil\\\\share)/D[0/Fit]>>" },
        { "annotation", "/Subtype/Link/A<</S/GoToE/T<</R/C/N(evil)>>>>" },
        { "annotation", "/Subtype/Link/A<</S/Named/N/Print/evil true>>" },
        { "annotation", "/Subtype/Link/A<</S/Hide/T(evil)>>" },
        { "annotation", "/Subtype/Widget/FT/Btn/Parent 53 0 R" },
        { "annotation", $"/Subtype/Widget/FT/Tx/V(kept)/AA<</K {Script}/F 50 0 R/V 50 0 R/C 50 0 R>>" },
        { "annotation", $"/Subtype/Widget/FT/Btn/A {Script}/MK<</I 50 0 R/R 0>>" },
        { "annotation", "/Subtype/Screen/A<</S/Rendition/JS(evil)/OP 0>>" },
        { "annotation", "/Subtype/RichMedia/RichMediaContent<</Assets<</Names[(evil.swf)52 0 R]>>>>" },
        { "annotation", "/Subtype/FileAttachment/FS 52 0 R" },
        { "annotation", "/Subtype/Movie/Movie<</F(evil.avi)>>/A true" },
        { "annotation", "/Subtype/Sound/Sound 51 0 R" },
        { "annotation", "/Subtype/3D/3DD 51 0 R/3DA<</A/PO>>" },
        { "annotation", "/Subtype/Text/Popup<</Subtype/Popup/A 50 0 R>>/IRT<</A 50 0 R>>/evil 50 0 R" },
        { "annotation", "/Subtype/Stamp/AP<</N 54 0 R>>/A 50 0 R" },
        { "resources", "/Properties<</One 1 0 R/Two 50 0 R/Three 52 0 R>>" },
        { "resources", "/XObject<</P 54 0 R>>" },
    };

    [Theory]
    [MemberData(nameof(Hostile))]
    public void Nothing_that_acts_is_shown_filed_or_split_off(string where, string what)
    {
        AssertQuiet(File(where, what));
        AssertQuiet(File(where, Written(what, 7)));
        AssertQuiet(File(where, what, packed: true));
        AssertQuiet(File(where, Written(what, 3), packed: true));
    }

    [Fact(DisplayName = "Law: whatever a file does, wherever it stands and however it is written, none of it is left and all pages are")]
    public void Any_mixture_is_quiet() => Prop.ForAll(ArbMap.Default.ArbFor<(byte, byte)[]>(), ArbMap.Default.ArbFor<bool>(), (chosen, packed) =>
    {
        var parts = chosen.Select(c => (Hostile.ElementAt(c.Item1 % Hostile.Count).Data, Seed: c.Item2)).ToList();
        AssertQuiet(File(packed, at => string.Join(' ', parts.Where(p => p.Data.Item1 == at).Select(p => Written(p.Data.Item2, p.Seed)))));
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(200));

    [Theory]
    [InlineData("in a comment", "%\n%99 0 obj<</S/JavaScript/JS(evil)>>endobj\n")]
    [InlineData("in the bytes of a picture", "98 0 obj<</Length 52>>stream\n99 0 obj<</S/Java#53cript/JS(evil)>>endobj         \nendstream endobj\n")]
    [InlineData("in bytes that say nothing of it", "98 0 obj<</Length 27>>stream\n99 0 obj<</Ev(il)>>endobj  \nendstream endobj\n")]
    [InlineData("in objects packed as another object says", "98 0 obj<</N 97 0 R/First 4/Length 16>>stream\n99 0 <</Ev(il)>>\nendstream endobj\n97 0 obj 1 endobj\n")]
    [InlineData("in an older version of an object", "1 0 obj<</Type/Catalog/Pages 2 0 R/OpenAction<</S/JavaScript/JS(evil)>>>>endobj\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n")]
    public void What_only_another_reader_would_find_is_left_behind_too(string what, string hidden)
    {
        var file = Papers.Latin(Papers.Text(File("", "")).Replace("xref\n", $"{hidden}xref\n"));

        Assert.NotSame(file, new PagesOfFile(file, what).Make().Bytes);
        AssertQuiet(file);
    }

    [Fact]
    public void A_link_to_the_web_or_to_another_page_waits_for_a_click_and_stays()
    {
        var web = File("annotation", "/Subtype/Link/A<</S/URI/URI(https://lab.example/results)>>");
        var page = File("annotation", "/Subtype/Link/A<</S/GoTo/D[13 0 R/Fit]>>");

        Assert.Same(web, new PagesOfFile(web, "web.pdf").Make().Bytes);
        Assert.Contains("/URI (https://lab.example/results)", Papers.Text(new PagesOfFile(web, "web.pdf").Show(new(1, 0)).Bytes));
        Assert.Same(page, new PagesOfFile(page, "page.pdf").Make().Bytes);
        Assert.Matches(@"/D \[\d+ 0 R /Fit \]", Papers.Text(new PagesOfFile(page, "page.pdf").Make([new(1, 90), new(2, 0)]).Bytes));
        Assert.Contains("/D [null /Fit ]", Papers.Text(new PagesOfFile(page, "page.pdf").Show(new(1, 0)).Bytes));
    }

    [Fact]
    public void What_somebody_stamped_on_a_page_or_typed_into_a_field_stays_to_be_seen()
    {
        var made = Papers.Text(new PagesOfFile(File("annotation", "/Subtype/Stamp/AP<</N 54 0 R>>/AA<</E 50 0 R>>"), "stamp.pdf").Make().Bytes);

        Assert.Contains("/Subtype /Stamp", made);
        Assert.Contains("(Received)", made);
        Assert.Contains("/V (typed)", Papers.Text(new PagesOfFile(File("annotation", "/Subtype/Widget/FT/Tx/V(typed)/AA<</K 50 0 R>>"), "form.pdf").Make().Bytes));
    }

    [Fact]
    public void Pages_that_share_more_than_they_could_be_made_of_are_refused()
    {
        var pages = string.Concat(Enumerable.Range(10, 400).Select(n => $"{n} 0 obj<</Type/Page/Parent 2 0 R>>endobj\n"));
        var shared = string.Concat(Enumerable.Range(0, 40_000).Select(n => $"/F{n} 3 0 R"));
        var file = Papers.Latin($"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n{pages}3 0 obj<<>>endobj\n"
            + $"2 0 obj<</Type/Pages/Kids[{string.Join(' ', Enumerable.Range(10, 400).Select(n => $"{n} 0 R"))}]/Resources<</Font<<{shared}>>>>>>endobj\ntrailer<</Root 1 0 R>>");
        var content = new PagesOfFile(file, "shared.pdf");

        Assert.Equal(400, content.Pages);
        Assert.Contains("damaged", Assert.Throws<FileRefusedException>(() => content.Make([.. Enumerable.Range(1, 400).Select(n => new TurnedPage(n, 90))])).Message);
    }

    private static void AssertQuiet(byte[] file)
    {
        var content = new PagesOfFile(file, "fax.pdf");
        foreach (var made in new[] { content.Make().Bytes, content.Make([new(1, 90), new(2, 0)]).Bytes, content.Show(new(1, 0)).Bytes })
        {
            var text = Papers.Text(made);
            Assert.Contains("(Ada)", text);
            Assert.DoesNotContain("evil", text);
            Assert.DoesNotMatch(Acting(), text);
            Assert.False(new PdfObjects(made).Runs);
        }

        Assert.Contains("(Bea)", Papers.Text(content.Make().Bytes));
    }

    private static byte[] File(string where, string what, bool packed = false) => File(packed, at => at == where ? what : "");

    private static byte[] File(bool packed, Func<string, string> at)
    {
        string Page(int n) => $"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents {n + 1} 0 R/Resources<</Font<</F 3 0 R>>{at("resources")}>>/Annots[{n + 2} 0 R 55 0 R] {at("page")}>>";
        (int Number, string Body)[] objects =
        [
            (1, $"<</Type/Catalog/Pages 2 0 R {at("catalog")}>>"), (2, "<</Type/Pages/Count 2/Kids[10 0 R 13 0 R]>>"), (3, "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"),
            (10, Page(10)), (13, Page(13)),
            (12, $"<</Type/Annot/Rect[0 0 99 99] {at("annotation")}>>"), (15, $"<</Type/Annot/Rect[0 0 9 9] {at("annotation")}>>"), (55, "<</Type/Annot/Subtype/Link/Rect[0 0 9 9]/Dest[10 0 R/Fit]>>"),
            (50, "<</Type/Action/S/JavaScript/JS(evil)/Next<</S/JavaScript/JS(evil)>>>>"),
            (52, "<</Type/Filespec/F(evil.exe)/UF(evil.exe)/EF<</F 51 0 R>>>>"),
            (53, "<</T(field)/FT/Btn/A 50 0 R/AA<</K 50 0 R>>/Kids[12 0 R 15 0 R]>>"),
        ];
        var acts = new[] { "catalog", "page", "annotation", "resources" }.Any(place => Regex.IsMatch(at(place), "5[0-3] 0 R"));
        objects = [.. objects.Where(o => o.Number < 50 || o.Number == 55 || acts)];
        var streams = $"11 0 obj<</Length 28>>stream\nBT /F 9 Tf (Ada) Tj ET      \nendstream endobj\n14 0 obj<</Length 28>>stream\nBT /F 9 Tf (Bea) Tj ET      \nendstream endobj\n"
            + "54 0 obj<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Length 13>>stream\n(Received) Tj\nendstream endobj\n"
            + (acts ? "51 0 obj<</Type/EmbeddedFile/F(evil.bin)/Length 4>>stream\nevil\nendstream endobj\n" : "");
        if (!packed)
        {
            return Papers.Latin($"%PDF-1.7\n{string.Concat(objects.Select(o => $"{o.Number} 0 obj{o.Body}endobj\n"))}{streams}xref\ntrailer<</Root 1 0 R>>\n%%EOF");
        }

        var (places, bodies) = ("", "");
        foreach (var (number, body) in objects)
        {
            (places, bodies) = ($"{places}{number} {bodies.Length} ", $"{bodies}{body} ");
        }

        var stream = Papers.Flate(Papers.Latin(places + bodies));
        return [.. Papers.Latin($"%PDF-1.7\n{streams}60 0 obj<</Type/ObjStm/N {objects.Length}/First {places.Length}/Filter/FlateDecode/Length {stream.Length}>>stream\n"),
            .. stream, .. Papers.Latin("\nendstream endobj\n61 0 obj<</Type/XRef/Root 1 0 R/Size 62/Length 0>>stream\n\nendstream endobj\nxref\n%%EOF")];
    }

    /// <summary>The same with a letter of each name written as a number, which is the same name (7.3.5).</summary>
    private static string Written(string what, int seed) => Name().Replace(what, name =>
    {
        var at = 1 + (seed % (name.Length - 1));
        return $"{name.Value[..at]}#{(int)name.Value[at]:X2}{name.Value[(at + 1)..]}";
    });

    [GeneratedRegex("/[A-Za-z0-9]+")]
    private static partial Regex Name();

    [GeneratedRegex("/(OpenAction|AA|PA|JS|JavaScript|Launch|SubmitForm|ImportData|GoToR|GoToE|Named|Hide|Rendition|RichMedia|XFA|EmbeddedFiles?|EF|FileAttachment|Screen|Movie|Sound|AcroForm|Names)\\b")]
    private static partial Regex Acting();
}
