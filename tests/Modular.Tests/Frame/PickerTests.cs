using System.Net;
using AngleSharp.Html.Dom;
using Modular.Sdk;
using Modular.Tests.Harness;

namespace Modular.Tests.Frame;

/// <summary>Where a patient or a specialist is found as the name is typed.</summary>
public sealed class PickerTests(SharedHost shared)
{
    private static readonly string[] Frame = ["_Frame.cshtml", "_Found.cshtml"];

    /// <summary>Rows of a table, each with pickers that have no label, hint or error of their own: those are the row's.</summary>
    private static readonly string[] Rows = ["Superbill/_Lines.cshtml", "Superbill/_SuperbillForm.cshtml", "Charges/_Rows.cshtml"];

    private TestHost Host => shared.Host;

    [Fact]
    public void No_page_writes_a_picker_by_hand()
    {
        var written =
            from folder in new[] { "modules", "host", "sdk" }
            from file in Directory.GetFiles(Path.Combine(Repository.Root, folder), "*.cshtml", SearchOption.AllDirectories)
            where !(file.Contains($"{Path.DirectorySeparatorChar}host{Path.DirectorySeparatorChar}", StringComparison.Ordinal) && Frame.Contains(Path.GetFileName(file)))
            where !Rows.Any(row => file.Replace(Path.DirectorySeparatorChar, '/').EndsWith($"modules/billing/{row}", StringComparison.Ordinal))
            let text = File.ReadAllText(file)
            where text.Contains("role=\"combobox\"", StringComparison.Ordinal) || text.Contains("role=\"option\"", StringComparison.Ordinal)
            select file;

        Assert.Empty(written);
    }

    [Theory]
    [InlineData("/scheduling/appointments/book")]
    [InlineData("/scheduling/walk-ins/add")]
    [InlineData("/referrals/referrals/write")]
    [InlineData("/patients/phone-messages/write")]
    public async Task A_picker_asks_an_address_that_answers_and_posts_the_id_of_the_one_chosen(string url)
    {
        using var owner = await Host.SignInAsync(Host.North, Roles.Owner);
        var pickers = (await owner.PageAsync(url)).QuerySelectorAll("main input[role=combobox]").OfType<IHtmlInputElement>().ToList();

        Assert.NotEmpty(pickers);
        foreach (var picker in pickers)
        {
            var list = picker.GetAttribute("aria-controls");
            var chosen = picker.Form!.Elements[picker.GetAttribute("data-pick")!] as IHtmlInputElement;
            using var ask = new HttpRequestMessage(HttpMethod.Get, $"{picker.GetAttribute("hx-get")}?{picker.Name}=zq");
            ask.Headers.Add("HX-Request", "true");
            using var answer = await owner.Http.SendAsync(ask);

            Assert.Equal("hidden", chosen?.Type);
            Assert.NotNull(picker.Form!.QuerySelector($"#{list}[role=listbox][aria-label]"));
            Assert.Equal($"#{list}", picker.GetAttribute("hx-target"));
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }
    }
}
