using System.Text;
using System.Text.RegularExpressions;
using AngleSharp.Html.Parser;
using Modular.Host.Printing;
using PdfText = Modular.Tests.Harness.PdfText;

namespace Modular.Tests.Printing;

/// <summary>Several prints in one file.</summary>
public sealed partial class PdfStackTests
{
    [Fact]
    public void Each_print_begins_a_page_and_counts_its_own()
    {
        var pages = PdfText.Pages(Stack("letter", null, Lines(60), Lines(1), Lines(60)));

        Assert.Equal(["1 / 2", "2 / 2", "", "1 / 2", "2 / 2"], pages.Select(p => Number().Match(p.Text).Value));
        Assert.Equal([true, false, true, true, false], pages.Select(p => PdfText.Squeeze(p.Text).Contains("line0.", StringComparison.Ordinal)));
    }

    [Fact]
    public void Cards_have_no_number()
    {
        var pages = PdfText.Pages(Stack("card", null, Lines(100)));

        Assert.True(pages.Count > 1);
        Assert.All(pages, p => Assert.False(Number().IsMatch(p.Text), p.Text));
    }

    [Fact]
    public void The_head_of_a_table_comes_again_on_every_page()
    {
        var rows = string.Concat(Enumerable.Range(0, 120).Select(i => $"<tr><td>row {i}.</td></tr>"));

        var pages = PdfText.Pages(Stack("letter", null, $"<table><thead><tr><th>Heading</th></tr></thead><tbody>{rows}</tbody></table>"));

        Assert.True(pages.Count > 2);
        Assert.All(pages, p => Assert.StartsWith("Heading", p.Text, StringComparison.Ordinal));
    }

    [Fact]
    public void The_logo_is_in_the_file_once_however_many_letters_show_it_and_no_other_picture_is()
    {
        var logo = new PdfPicture(4, 2, new byte[24]);

        var file = Encoding.Latin1.GetString(Stack("letter", logo, "<header><img class=logo src=/logo></header><p>One</p>", "<img class=logo><p>Two</p>", "<img src=/x><p>Three</p>"));

        Assert.Single(Picture().Matches(file));
        Assert.Equal(2, Drawn(file));
        Assert.DoesNotMatch(Picture(), Encoding.Latin1.GetString(Stack("letter", null, "<img class=logo><p>One</p>")));
    }

    private static byte[] Stack(string paper, PdfPicture? logo, params string[] prints)
    {
        var stack = new PdfStack(PdfFonts.Installed!, paper, logo);
        foreach (var print in prints)
        {
            stack.Add(new HtmlParser().ParseDocument(print).Body!);
        }

        return stack.Save("Test", "en");
    }

    private static string Lines(int count) => string.Concat(Enumerable.Range(0, count).Select(i => $"<p>line {i}.</p>"));

    /// <summary>How often a page draws a picture.</summary>
    private static int Drawn(string file) => Streams().Matches(file).Sum(m => Do().Count(Inflate(Encoding.Latin1.GetBytes(m.Groups[1].Value))));

    private static string Inflate(byte[] packed)
    {
        using var zip = new System.IO.Compression.ZLibStream(new MemoryStream(packed), System.IO.Compression.CompressionMode.Decompress);
        using var text = new MemoryStream();
        zip.CopyTo(text);
        return Encoding.Latin1.GetString(text.ToArray());
    }

    [GeneratedRegex(@"\d+ / \d+$")]
    private static partial Regex Number();

    [GeneratedRegex("/Subtype /Image")]
    private static partial Regex Picture();

    [GeneratedRegex("/PrintPicture0 Do")]
    private static partial Regex Do();

    [GeneratedRegex(@"stream
(.*?)
endstream", RegexOptions.Singleline)]
    private static partial Regex Streams();
}
