using System.Net;
using Modular.Sdk;
using Modular.Tests.Harness;

namespace Modular.Tests.Frame;

/// <summary>A form that cannot be read is explained as what it is: only a failure of ours is called one.</summary>
public sealed class RefusedFormTests(SharedHost shared)
{
    [Theory]
    [InlineData("Form.Name=a%00b&code=500", "application/x-www-form-urlencoded")]
    [InlineData("--b\r\nContent-Disposition: form-data; name=\"code\"\r\n\r\na\0b\r\n--b--\r\n", "multipart/form-data; boundary=b")]
    [InlineData("--b\r\nbroken", "multipart/form-data; boundary=b")]
    public async Task It_is_a_400_that_says_what_is_the_matter(string body, string type)
    {
        using var owner = await shared.Host.SignInAsync(shared.Host.North, Roles.Owner);
        var token = (await owner.PageAsync("/admin/programs/edit")).QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        using var request = new HttpRequestMessage(HttpMethod.Post, "/admin/programs/edit") { Content = new StringContent(body) };
        request.Content.Headers.ContentType = System.Net.Http.Headers.MediaTypeHeaderValue.Parse(type);
        request.Headers.Add("RequestVerificationToken", token);

        using var answer = await owner.Http.SendAsync(request, TestContext.Current.CancellationToken);

        var page = await TestClient.ParseAsync(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal((HttpStatusCode.BadRequest, "This cannot be kept as it is"), (answer.StatusCode, page.QuerySelector("h1")!.TextContent));
    }
}
