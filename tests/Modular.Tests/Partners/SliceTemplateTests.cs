namespace Modular.Tests.Partners;

/// <summary>Pages that a partner adds to a module from the template.</summary>
[Collection(typeof(PartnerCommands))]
public sealed class SliceTemplateTests(PackedFeed feed)
{
    [Fact]
    public async Task Every_kind_of_page_that_the_template_makes_builds_and_passes_the_tests_of_a_fresh_module()
    {
        var root = await feed.RootAsync();
        var environment = await feed.EnvironmentAsync();
        var own = new Dictionary<string, string?>(environment) { ["DOTNET_CLI_HOME"] = Path.Combine(root, "cli") };
        var template = (await feed.PackagesAsync()).Single(p => Path.GetFileName(p).StartsWith("Modular.Templates.", StringComparison.Ordinal));
        var (folder, hive) = (await feed.FolderAsync("slices"), Path.Combine(root, "slice-hive"));
        await Command.RunAsync(folder, own, "dotnet", "new", "install", template, "--debug:custom-hive", hive);
        await Command.RunAsync(folder, own, "dotnet", "new", "modular-module", "-n", "Supplies", "--debug:custom-hive", hive);
        var module = Path.Combine(folder, "Supplies");
        foreach (var kind in new[] { "list", "detail", "print" })
        {
            await Command.RunAsync(module, own, "dotnet", "new", "modular-slice", $"--kind={kind}", "--module", "Supplies", "-n", "Vendor",
                "--debug:custom-hive", hive);
        }

        await ReplaceAsync(Path.Combine(module, "SuppliesDb.cs"), "        model.Entity<Request>();",
            "        model.Entity<Request>();\n        model.Entity<Vendors.Vendor>();");
        await File.WriteAllTextAsync(Path.Combine(module, "tests", "VendorPages.cs"), """
            using System.Net;
            using Modular.Testing;

            namespace Modular.Supplies.Tests;

            public sealed class VendorPages(Office office)
            {
                [Fact]
                public async Task A_vendor_is_listed_as_page_and_file_opened_and_printed()
                {
                    var id = await office.Practice.ValueAsync<Guid>("insert into supplies.vendors (id, version, name) values (gen_random_uuid(), 1, 'Harbor Medical') returning id");
                    using var desk = await office.Practice.SignInAsync("front-desk");

                    (await desk.OpenAsync("/supplies/vendors?q=harbor&sort=-since")).ShouldHave($"tbody a[href='/supplies/vendors/{id}']", count: 1);
                    Assert.Equal(HttpStatusCode.OK, await desk.StatusOfAsync("/supplies/vendors?format=csv"));
                    (await desk.OpenAsync("/supplies/vendors?format=print")).ShouldSay("Harbor Medical");
                    (await desk.OpenAsync($"/supplies/vendors/{id}")).ShouldSay("History");
                    (await desk.OpenAsync($"/supplies/vendors/print/{id}")).ShouldSay("Harbor Medical");
                    Assert.Equal(HttpStatusCode.BadRequest, await desk.StatusOfAsync("/supplies/vendors?sort=shoe-size"));
                }
            }
            """);
        Assert.Equal(
            ["OpenVendor.cs", "OpenVendor.cshtml", "PrintVendor.cs", "PrintVendor.cshtml", "Vendor.cs", "VendorList.cs", "VendorList.cshtml"],
            Directory.GetFiles(Path.Combine(module, "Vendors")).Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal));

        var said = await Command.RunAsync(module, environment, "dotnet", "test");

        Assert.Matches(@"Failed:\s+0, Passed:\s+13", said);
    }

    private static async Task ReplaceAsync(string file, string from, string to) =>
        await File.WriteAllTextAsync(file, (await File.ReadAllTextAsync(file)).Replace(from, to, StringComparison.Ordinal));
}
