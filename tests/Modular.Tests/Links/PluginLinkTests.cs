using System.Net;
using Microsoft.AspNetCore.Mvc;
using Modular.Host.Judging;
using Modular.Sdk;
using Modular.Tests.Frame;
using Modular.Tests.Harness;

namespace Modular.Tests.Links;

/// <summary>A module from outside the repository with a public page: what it may not declare, and what its page never gets.</summary>
public sealed class PluginLinkTests(PanelsHost panels) : IClassFixture<PanelsHost>
{
    [Fact]
    public async Task A_public_page_of_a_plugin_has_no_panels_and_cannot_bring_the_staffs_frame_back()
    {
        using var desk = await panels.Host.SignInAsync(panels.Host.North, Roles.FrontDesk);
        var token = (await desk.PageAsync("/account")).QuerySelector("meta[name=request-token]")!.GetAttribute("content")!;
        using var made = await desk.Http.PostAsync("/panels/pages/make-link",
            new FormUrlEncodedContent([new("__RequestVerificationToken", token), new("subject", $"{Guid.NewGuid()}")]));
        var address = new Uri((await desk.PageAsync(made.Headers.Location!.ToString())).QuerySelector("#link")!.TextContent).AbsolutePath;

        // In the browser of somebody who is signed in and may see all of it.
        var page = await desk.PageAsync(address);
        Assert.NotNull(page.QuerySelector("body.visitor #use"));
        Assert.Null(page.QuerySelector("#rail, .panel, section[id^=slot]"));
        Assert.DoesNotContain("Quick", page.Body!.TextContent, StringComparison.Ordinal);
        using var framed = await desk.GetAsync(address + "?frame=true");
        Assert.Equal(HttpStatusCode.InternalServerError, framed.StatusCode);
        Assert.DoesNotContain("Panels waiting", await framed.Content.ReadAsStringAsync(), StringComparison.Ordinal);

        using var used = await desk.SubmitAsync(page, "#use");
        Assert.StartsWith("/public/received", used.Headers.Location!.ToString(), StringComparison.Ordinal);
        using var again = await desk.SubmitAsync(page, "#use");
        Assert.Equal(HttpStatusCode.Gone, again.StatusCode);
    }

    [Theory]
    [InlineData(typeof(Staffs), nameof(Staffs.Open), "notes/open",
        "is open to anyone; a page for people without an account is a PublicSlice with [PublicPage] below /public/notes.")]
    [InlineData(typeof(Staffs), nameof(Staffs.Public), "public/notes/send", "is a public page and no PublicSlice.")]
    [InlineData(typeof(Publics), nameof(Publics.Plain), "notes/send", "answers to /notes/send; a module's public pages stand below /public/notes.")]
    [InlineData(typeof(Publics), nameof(Publics.Guarded), "public/notes/send", "is a public page; it has no other rule.")]
    [InlineData(typeof(Publics), nameof(Publics.Plain), "public/notes/{link}", "is opened by a link exactly when its address ends in /{link}.")]
    [InlineData(typeof(Publics), nameof(Publics.Linked), "public/notes/send", "is opened by a link exactly when its address ends in /{link}.")]
    [InlineData(typeof(Publics), nameof(Publics.Silent), "public/notes/send", "is a public page without a reason.")]
    [InlineData(typeof(Publics), nameof(Publics.Plain), "public/notes/send", null)]
    [InlineData(typeof(Publics), nameof(Publics.Linked), "public/notes/send/{link}", null)]
    public void A_page_at_the_door_that_breaks_a_rule_is_said_in_a_sentence(Type slice, string action, string address, string? sentence) =>
        Assert.Equal(sentence, SliceCheck.PublicFault(slice, slice.GetMethod(action)!, "notes", address));

    private abstract class Staffs : Slice
    {
        [OpenTo(Audience.Anyone, "x")]
        public IActionResult Open() => Ok();

        [PublicPage("x")]
        public IActionResult Public() => Ok();
    }

    private abstract class Publics : PublicSlice
    {
        [PublicPage("x")]
        public IActionResult Plain() => Ok();

        [PublicPage("x"), Needs("notes.note.read")]
        public IActionResult Guarded() => Ok();

        [PublicPage("x", Link = "notes.send")]
        public IActionResult Linked() => Ok();

        [PublicPage(" ")]
        public IActionResult Silent() => Ok();
    }
}
