using System.ComponentModel.DataAnnotations;
using System.Net;
using Modular.Host.Settings;
using Modular.Sdk;
using Modular.Tests.Harness;

namespace Modular.Tests.Settings;

public sealed class SettingsPageTests
{
    [Fact]
    public async Task Settings_are_edited_by_their_declaration_and_a_wrong_value_comes_back_with_its_sentence()
    {
        await using var host = await TestHost.StartAsync();
        using var client = await host.SignInAsync(host.North, Roles.Owner);
        const string address = "/admin/settings/core";
        var page = await client.PageAsync(address);
        Assert.Equal("20", page.QuerySelector("input[name=largestFile]")!.GetAttribute("value"));

        foreach (var (typed, sentence) in new[] { ("99", "between 1 and 25"), ("many", "whole number"), ("", "give a value") })
        {
            var wrong = await Post(client, page, address, typed);
            Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.StatusCode);
            Assert.Contains(sentence, await wrong.Content.ReadAsStringAsync());
        }

        Assert.Equal(HttpStatusCode.Redirect, (await Post(client, page, address, "12")).StatusCode);
        Assert.Equal("12", (await client.PageAsync(address)).QuerySelector("input[name=largestFile]")!.GetAttribute("value"));
        var stale = await Post(client, page, address, "13");
        Assert.Equal(HttpStatusCode.Conflict, stale.StatusCode);
        Assert.Contains("Somebody else changed these settings after you opened the form.", await stale.Content.ReadAsStringAsync());
    }

    [Fact]
    public void A_setting_without_a_name_of_its_own_is_called_by_its_property_in_words()
    {
        Assert.Equal("Keep years", SettingField.Of(typeof(Undeclared)).Single().Label);
    }

    public sealed class Undeclared
    {
        public int KeepYears { get; set; }
    }

    private static Task<HttpResponseMessage> Post(TestClient client, AngleSharp.Html.Dom.IHtmlDocument page, string address, string value)
    {
        var form = (AngleSharp.Html.Dom.IHtmlFormElement)page.QuerySelector("form[data-guard]")!;
        var fields = FormFields.Of(form).Where(f => f.Key != "largestFile").Append(new("largestFile", value));
        return client.Http.PostAsync(address, new FormUrlEncodedContent(fields));
    }

    [Fact]
    public void What_a_list_offers_is_in_words_too() =>
        Assert.Equal([("AfterHours", "After hours"), ("Loud", "As loud as it gets")], SettingField.Of(typeof(Sample)).Single(f => f.Name == "mode").Choices);

    public enum Mode
    {
        AfterHours,

        [Display(Name = "As loud as it gets")]
        Loud,
    }

    public sealed class Sample
    {
        public bool On { get; init; }
        public int Count { get; init; } = 3;
        public decimal Fee { get; init; } = 12.5m;
        public TimeOnly Opens { get; init; } = new(8, 30);
        public Mode Mode { get; init; }
        public string Text { get; init; } = "";
        public int? Most { get; init; }
    }

    [Theory]
    [InlineData("On", "true,false", true)]
    [InlineData("Count", "3.5", false)]
    [InlineData("Fee", "1,250.50", true)]
    [InlineData("Opens", "25:00", false)]
    [InlineData("Opens", "07:15", true)]
    [InlineData("Mode", "Loud", true)]
    [InlineData("Mode", "7", false)]
    [InlineData("Text", "", true)]
    [InlineData("Most", "", true)]
    public void Each_kind_of_value_is_read_or_refused(string name, string typed, bool accepted)
    {
        var field = SettingField.Of(typeof(Sample)).Single(f => f.Property.Name == name);

        Assert.Equal(accepted, field.Read(typed).Fault is null);
    }
}
