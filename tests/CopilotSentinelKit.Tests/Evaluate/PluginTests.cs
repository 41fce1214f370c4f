namespace CopilotSentinelKit.Tests.Evaluate;

/// <summary>evaluate and its plugins.</summary>
internal sealed class PluginTests
{
    private const string Bags = "datatable(d:dynamic, k:string)[dynamic({'Name':'x','Age':20}),'p', dynamic({'Name':'y','Height':1.5,'Age':40}),'q', dynamic(null),'r'] ";
    private const string Sales = "datatable(State:string, Kind:string, Dead:long)['AR','Heat',3, 'AZ','Flood',6, 'AR','Rain',1, 'AR','Heat',2] ";
    private const string Ranges = "let R = datatable(net:string, code:string, land:string)['2.20.183.0/24','EU','GB', '5.8.0.0/19','EU','RU', '2.20.0.0/16','XX','ZZ', 'none','',''];";
    private const string Addresses = " datatable(ip:string, code:string)['2.20.183.12','EU', '5.8.1.2','AS', '192.165.12.17','EU', 'x','EU'] | project-away code | evaluate ipv4_lookup(R, ip, net";

    private static readonly CaseTable Table = CaseTable.OfQueries(
        (Bags + "| evaluate bag_unpack(d)", "k,Age,Height,Name: \"p\",20,null,\"x\"; \"q\",40,1.5,\"y\"; \"r\",null,null,\"\""),
        (Bags + "| evaluate bag_unpack(d, 'P_') | where P_Age > 20 | project P_Name, z = P_Age + 1", "P_Name,z: \"y\",41"),
        (Bags + "| evaluate bag_unpack(d) | getschema | project ColumnName, ColumnType", "ColumnName,ColumnType: \"k\",\"string\"; \"Age\",\"long\"; \"Height\",\"real\"; \"Name\",\"string\""),
        (Bags + "| evaluate bag_unpack(d) | summarize sum(Age) by k = Name", "k,sum_Age: \"x\",20; \"y\",40; \"\",0"),
        (Bags + "| evaluate bag_unpack(d) : (*, Name:string, Age:long)", "k,Name,Age: \"p\",\"x\",20; \"q\",\"y\",40; \"r\",\"\",null"),
        (Bags + "| evaluate bag_unpack(d) : (Age:long, k:string)", "Age,k: 20,\"p\"; 40,\"q\"; null,\"r\""),
        (Bags + "| evaluate bag_unpack(d) : (Age:real)", "Age: 20.0; 40.0; null"),
        (Bags + "| evaluate bag_unpack(d) : (Name:long)", "stopped"),
        ("datatable(d:dynamic)[dynamic({'a':1}), dynamic({'a':'x'})] | evaluate bag_unpack(d) | project a, t = gettype(a)", "a,t: 1,\"long\"; \"x\",\"string\""),
        ("datatable(d:dynamic)[dynamic({'a':null}), dynamic({'a':5})] | evaluate bag_unpack(d) | extend b = a * 2", "a,b: null,null; 5,10"),
        ("datatable(d:dynamic, a:long)[dynamic({'a':1}), 2] | evaluate bag_unpack(d)", "stopped"),
        ("datatable(d:dynamic)[dynamic([1])] | evaluate bag_unpack(d)", "stopped"),
        ("datatable(d:dynamic)[] | evaluate bag_unpack(d) | count", "Count: 0"),
        ("datatable(k:string, d:dynamic)['a', dynamic({'x':1})] | partition by k (evaluate bag_unpack(d))", "refused CSK1003 bag_unpack(d)"),
        ("datatable(a:long, d:dynamic)[1, dynamic({'x':1})] | evaluate bag_unpack(d) | where x == toscalar(datatable(d:dynamic)[dynamic({'y':1})] | evaluate bag_unpack(d) | project y)", "a,x: 1,1"),

        (Sales + "| evaluate pivot(State, sum(Dead))", "Kind,AR,AZ: \"Heat\",5,0; \"Flood\",0,6; \"Rain\",1,0"),
        (Sales + "| project State, Kind | evaluate pivot(State)", "Kind,AR,AZ: \"Heat\",2,0; \"Flood\",0,1; \"Rain\",1,0"),
        (Sales + "| evaluate pivot(State, max(Dead), Kind)", "Kind,AR,AZ: \"Heat\",3,null; \"Flood\",null,6; \"Rain\",1,null"),
        (Sales + "| evaluate pivot(Kind, make_set(Dead), State) | where State == 'AR'", "stopped"),
        (Sales + "| evaluate pivot(Kind, sum(Dead), State) | project State, Heat", "State,Heat: \"AR\",5; \"AZ\",0"),
        (Sales + "| evaluate pivot(State, sum(Dead)) : (Kind:string, AZ:long)", "Kind,AZ: \"Heat\",0; \"Flood\",6; \"Rain\",0"),
        (Sales + "| evaluate pivot(State, sum(Dead)) : (Kind:string, AZ:real)", "refused CSK1003 pivot(State, sum(Dead))"),
        (Sales + "| evaluate pivot(State, percentile(Dead, 50))", "refused CSK1003 pivot(State, percentile(Dead, 50))"),
        ("datatable(k:string, n:long)['', 1] | evaluate pivot(k)", "stopped"),

        (Sales + "| take 1 | evaluate narrow()", "Row,Column,Value: 0,\"State\",\"AR\"; 0,\"Kind\",\"Heat\"; 0,\"Dead\",\"3\""),
        ("print t = now() | evaluate narrow()", "refused CSK1003 narrow()"), ("print t = '' | evaluate narrow()", "stopped"),

        (Ranges + Addresses + ") | sort by land asc", "ip,net,code,land: \"2.20.183.12\",\"2.20.183.0/24\",\"EU\",\"GB\"; \"5.8.1.2\",\"5.8.0.0/19\",\"EU\",\"RU\"; \"2.20.183.12\",\"2.20.0.0/16\",\"XX\",\"ZZ\""),
        (Ranges + Addresses + ", return_unmatched = true) | where land == ''", "ip,net,code,land: \"192.165.12.17\",\"\",\"\",\"\"; \"x\",\"\",\"\",\"\""),
        (Ranges + Addresses.Replace(" | project-away code", "", StringComparison.Ordinal) + ", code)", "ip,code,net,land: \"2.20.183.12\",\"EU\",\"2.20.183.0/24\",\"GB\""),
        (Ranges + " print ip = '5.8.1.0/24' | evaluate ipv4_lookup(R, ip, net)", "stopped"),

        ("print a = 1 | evaluate autocluster()", "refused CSK1002 autocluster"));

    private static IEnumerable<TestCaseData> Cases => Table.Cases;

    [TestCaseSource(nameof(Cases))]
    public Task Gives(int index) => Table.VerifyAsync(index);
}
