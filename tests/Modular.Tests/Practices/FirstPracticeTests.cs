using Microsoft.Extensions.DependencyInjection;
using Modular.Host.Demo;
using Modular.Host.Practices;
using Modular.Tests.Harness;

namespace Modular.Tests.Practices;

public sealed class FirstPracticeTests
{
    [Fact]
    public async Task Two_hosts_that_start_together_on_an_empty_server_make_one_practice()
    {
        var catalogue = $"t{Guid.CreateVersion7():N}"[..20];
        await using var first = await TestHost.StartAsync(catalogue: catalogue);
        await using var second = await TestHost.StartAsync(catalogue: catalogue);

        await Task.WhenAll(new[] { first, second }.Select(host => FirstPractice.EnsureAsync(host.Services, empty: true, 80, TextWriter.Null, default)));

        foreach (var host in new[] { first, second })
        {
            Assert.Equal("practice", Assert.Single(host.Services.GetRequiredService<PracticeRegistry>().All).Row.Slug);
        }
    }
}
